import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'

/** Where files go that were loaded, and those that were not. */
export type Outcome = 'done' | 'rejected'

export async function makeRoom(folder: string): Promise<void> {
  for (const outcome of ['done', 'rejected'] satisfies Outcome[])
    await mkdir(join(folder, outcome), { recursive: true })
}

/** Moves a file; if the name is taken, this one gets the beginning of its hash added. */
export async function putAway(folder: string, name: string, outcome: Outcome, hash: string): Promise<void> {
  const { name: stem, ext } = parse(name)
  const to = join(folder, outcome, name)
  const free = existsSync(to) ? join(folder, outcome, `${stem}-${hash.slice(0, 8)}${ext}`) : to
  await rename(join(folder, name), free)
}

/** Writes the reason next to a rejected file. */
export function sayWhy(folder: string, name: string, sentences: string): Promise<void> {
  return writeFile(join(folder, 'rejected', `${name}.why.txt`), `${sentences}\n`, { mode: 0o600 })
}

/** SHA-256 of what is in a file, in hexadecimal. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
