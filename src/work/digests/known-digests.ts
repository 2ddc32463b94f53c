import type { UnreadableDigest } from '../../domain/admin/checkup.ts'
import { type Digest, readDigest } from '../../model/digests.ts'
import type { Settings } from '../../model/settings.ts'
import { countDigestChanges, type ManagedDigest, readManagedDigests } from '../../store/digests/managed-digests.ts'
import type { Db } from '../../store/tables.ts'

export type KnownDigest = {
  readonly digest: Digest
  readonly isPaused: boolean
  /** Where it is defined: `changed` in chat, so that digests.yaml no longer applies to it. */
  readonly origin: 'file' | 'chat' | 'changed'
}

/** Reads the settings together with the digests made in chat, and again only if either changed. */
export function settingsWithDigests(current: () => Settings): (db: Db) => Promise<Settings> {
  let known: { readonly of: Settings; readonly changes: number; readonly settings: Settings } | undefined
  return async db => {
    const [of, changes] = [current(), await countDigestChanges(db)]
    if (known?.of !== of || known.changes !== changes) {
      known = { of, changes, settings: withDigests(await readManagedDigests(db), of) }
    }
    return known.settings
  }
}

export function withDigests(managed: readonly ManagedDigest[], settings: Settings): Settings {
  const digests = knownDigests(managed, settings).map(({ digest }) => digest)
  return { ...settings, digests, fileDigests: settings.fileDigests ?? settings.digests }
}

/** The digests of the file and those of chat, which win if both have the same name; including paused ones. */
export function knownDigests(inChat: readonly ManagedDigest[], settings: Settings): KnownDigest[] {
  const managed = new Map(inChat.map(entry => [entry.name, entry]))
  const ofFile = settings.fileDigests ?? settings.digests
  const fromFile = ofFile.map((digest): KnownDigest => {
    const entry = managed.get(digest.name)
    const own = readDefinition(entry, settings)
    const isPaused = entry?.isPaused ?? false
    return 'digest' in own ? { digest: own.digest, isPaused, origin: 'changed' } : { digest, isPaused, origin: 'file' }
  })
  const own = [...managed.values()].flatMap((entry): KnownDigest[] => {
    const isOfFile = ofFile.some(({ name }) => name === entry.name)
    const read = readDefinition(entry, settings)
    return isOfFile || !('digest' in read) ? [] : [{ digest: read.digest, isPaused: entry.isPaused, origin: 'chat' }]
  })
  return [...fromFile, ...own]
}

/** Digests made in chat that can no longer be read, such as after a change of the model: they are not sent. */
export function unreadableDigests(inChat: readonly ManagedDigest[], settings: Settings): UnreadableDigest[] {
  return inChat.flatMap(entry => {
    const { problem } = { problem: undefined, ...readDefinition(entry, settings) }
    return problem === undefined ? [] : [{ name: entry.name, problem }]
  })
}

/** Undefined if chat does not define it. */
function readDefinition(
  entry: ManagedDigest | undefined,
  { model }: Settings,
): { digest: Digest } | { problem: string } | Record<string, never> {
  if (entry?.definition === undefined) return {}
  const written = asJson(entry.definition)
  if (written === undefined) return { problem: 'It is not valid JSON.' }
  const read = readDigest(written, model)
  if ('digest' in read) return read
  const [first] = read.findings
  return { problem: first === undefined ? 'It is not a valid digest.' : `${first.path}: ${first.problem}` }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
