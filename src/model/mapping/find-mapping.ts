import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { BotError } from '../../errors.ts'
import { nearestOf } from '../../nearest.ts'

/** Beside this folder in the sources, beside the bundle once built. */
const BUILT_IN = ['./mappings/', '../mappings/']
  .map(path => new URL(path, import.meta.url))
  .find(folder => existsSync(folder)) as URL

export type FoundMapping = {
  readonly name: string
  readonly text: string
  /** Where it stands; absent for those that come with Rounds. */
  readonly path?: string
}

/** The folder of a team's own mappings: what sources.yaml says, else `maps` beside it. */
export function mapsFolder(settingsFolder: string | undefined, maps: string | undefined): string {
  const folder = maps ?? 'maps'
  return isAbsolute(folder) ? folder : join(settingsFolder ?? '.', folder)
}

/** A mapping by its name or as a file; a team's own goes before the one of Rounds. Throws a `BotError`. */
export function findMapping(nameOrFile: string, folder: string): FoundMapping {
  if (/\.ya?ml$/i.test(nameOrFile)) {
    if (!existsSync(nameOrFile)) throw new BotError('no_mapping', `There is no file ${nameOrFile}.`, 'Check the path.')
    return {
      name: nameOrFile.replace(/^.*[\\/]|\.ya?ml$/gi, ''),
      text: readFileSync(nameOrFile, 'utf8'),
      path: nameOrFile,
    }
  }
  const own = ownMappings(folder)
  const path = join(folder, `${nameOrFile}.yaml`)
  if (own.includes(nameOrFile)) return { name: nameOrFile, text: readFileSync(path, 'utf8'), path }
  if (builtInNames().includes(nameOrFile)) return { name: nameOrFile, text: builtInText(nameOrFile) }
  const names = [...new Set([...own, ...builtInNames()])].sort()
  const nearest = nearestOf(nameOrFile, names)
  const guess = nearest === undefined ? '' : `Did you mean ${nearest}? `
  throw new BotError(
    'no_mapping',
    `There is no mapping "${nameOrFile}".`,
    `${guess}There are ${names.join(', ')}. \`rounds map FILE --save NAME\` makes one.`,
  )
}

function ownMappings(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap(file => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []))
}

export function builtInNames(): string[] {
  return readdirSync(BUILT_IN)
    .flatMap(file => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []))
    .sort()
}

export function builtInText(name: string): string {
  return readFileSync(new URL(`${name}.yaml`, BUILT_IN), 'utf8')
}
