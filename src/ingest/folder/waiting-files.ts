import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BotError } from '../../errors.ts'

/** The files of a folder by name, each with its size and when it was last written, as one text. */
export type Sight = ReadonlyMap<string, string>

/** Names of unfinished files, and of those that we write ourselves. */
const NOT_YET = /^[.~]|\.(tmp|part|partial|filepart|crdownload|swp|lock|rejects\.csv)$/i

/** Lists a folder, without its subfolders. */
export async function lookInto(folder: string): Promise<Sight> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new BotError('no_folder', `There is no folder ${folder} that can be read.`, 'Check the path.')
  })
  const names = entries.filter(entry => entry.isFile() && !NOT_YET.test(entry.name)).map(({ name }) => name)
  const sight = new Map<string, string>()
  for (const name of names.sort()) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found !== undefined) sight.set(name, `${found.size} ${found.mtimeMs}`)
  }
  return sight
}

/** The files that nobody has written to between two checks: the others may be half there. */
export function atRest(before: Sight, now: Sight): string[] {
  return [...now].filter(([name, state]) => before.get(name) === state).map(([name]) => name)
}
