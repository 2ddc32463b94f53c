import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { keepIn, keptIn } from '../kept-file.ts'
import { parseYaml, type ReadYaml } from '../model/schema/yaml.ts'

/**
 * Reads as `parseYaml` does, and keeps what a text said for the next process: parsing a model takes a fourth of a command.
 * The folder must belong to one build of the program, for another may read the same text in another way.
 */
export function keptYaml(folder: string): ReadYaml {
  return text => {
    const file = join(folder, `yaml-${createHash('sha256').update(text).digest('hex')}`)
    const kept = readKept(file)
    if (kept !== undefined) return kept
    const parsed = parseYaml(text)
    if ('value' in parsed) keepIn(file, serialize(parsed))
    return parsed
  }
}

function readKept(file: string): { readonly value: unknown } | undefined {
  const bytes = keptIn(file)
  if (bytes === undefined) return undefined
  try {
    return deserialize(bytes)
  } catch {
    // A disk may lose what it had: then the text is read again.
    return undefined
  }
}
