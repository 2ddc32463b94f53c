import { type Digest, digestsSchema } from '../model/digests.ts'
import type { Settings } from '../model/settings.ts'
import type { Connection } from '../store/database.ts'
import { type ManagedDigest, readManagedDigests } from '../store/managed-digests.ts'

export type KnownDigest = { readonly digest: Digest; readonly isPaused: boolean }

/** The settings with the digests of chat in them: so are the masks of ARR too. */
export function withKnownDigests(connection: Pick<Connection, 'sqlite'>, settings: Settings): Settings {
  return { ...settings, digests: knownDigests(connection, settings).map(({ digest }) => digest) }
}

/** The digests of the file and those of chat, which win where both have one of a name; paused ones too. */
export function knownDigests(connection: Pick<Connection, 'sqlite'>, { digests }: Settings): KnownDigest[] {
  const managed = new Map(readManagedDigests(connection).map(entry => [entry.name, entry]))
  const fromFile = digests.map(digest => {
    const entry = managed.get(digest.name)
    return { digest: definitionOf(entry) ?? digest, isPaused: entry?.isPaused ?? false }
  })
  const own = [...managed.values()].flatMap(entry => {
    const digest = digests.some(({ name }) => name === entry.name) ? undefined : definitionOf(entry)
    return digest === undefined ? [] : [{ digest, isPaused: entry.isPaused }]
  })
  return [...fromFile, ...own]
}

function definitionOf(entry: ManagedDigest | undefined): Digest | undefined {
  if (entry?.definition === undefined) return undefined
  const parsed = digestsSchema.safeParse({ digests: [JSON.parse(entry.definition)] })
  return parsed.data?.digests[0]
}
