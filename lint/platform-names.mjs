/**
 * No line of `src` names a chat platform, so that another one is a folder and a line in `adapters/index.ts`: what the
 * product has to know of a platform is in its `platform.ts`. Texts that people are given to fill in are left alone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LEFT_ALONE = /^src\/model\/(presets\/|starter-files\.ts$)/

/** The platforms that the index of the adapters lists. */
export function platformNames(index = readFileSync(join(ROOT, 'adapters/index.ts'), 'utf8')) {
  return [...index.matchAll(/from '\.\/([\w-]+)\/platform\.ts'/g)].map(([, name]) => name ?? '')
}

/** Each line that names a platform, as `path:line: text`. */
export function linesThatName(names, files) {
  const any = new RegExp(names.join('|'), 'i')
  return files
    .filter(({ path }) => !LEFT_ALONE.test(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, at) => (any.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
    )
}

/** Every source file of the product. */
export function sourceFiles() {
  return readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const found = linesThatName(platformNames(), sourceFiles())
  for (const line of found) console.error(line)
  if (found.length > 0) console.error('src names no platform: put it into the platform.ts of its folder in adapters.')
  exit(found.length > 0 ? 1 : 0)
}
