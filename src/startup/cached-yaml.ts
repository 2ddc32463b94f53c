import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { parseYaml, type ReadYaml } from '../model/schema/yaml.ts'
import { readCached, writeCached } from './cache-file.ts'

/**
 * Reads as `parseYaml` does, and caches the result for the next process: parsing a model takes a quarter of a command's time.
 * The folder must belong to one build of the program, since another build may read the same text differently.
 */
export function cachedYaml(folder: string): ReadYaml {
  return text => {
    const file = join(folder, `yaml-${createHash('sha256').update(text).digest('hex')}`)
    const cached = readValue(file)
    if (cached !== undefined) return cached
    const parsed = parseYaml(text)
    if ('value' in parsed) writeCached(file, serialize(parsed))
    return parsed
  }
}

function readValue(file: string): { readonly value: unknown } | undefined {
  const bytes = readCached(file)
  if (bytes === undefined) return undefined
  try {
    return deserialize(bytes)
  } catch {
    // A damaged cache file: the text is parsed again.
    return undefined
  }
}
