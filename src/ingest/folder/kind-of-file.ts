import { BotError } from '../../errors.ts'
import { LOADED_KINDS, type LoadedKind } from '../load/load.ts'

/** What a file holds, as its name begins: `accounts.csv`, `signals-2026-11-28.ndjson`. Throws a `BotError` for other names. */
export function kindOfFile(name: string): LoadedKind {
  const word = /^[a-z]+/.exec(name.toLowerCase())?.[0]
  const kind = LOADED_KINDS.find(kind => kind === word)
  if (kind !== undefined) return kind
  throw new BotError(
    'unknown_file',
    `The name of ${name} does not say what it holds.`,
    `Begin it with ${LOADED_KINDS.slice(0, -1).join(', ')} or ${LOADED_KINDS.at(-1)}, such as signals-2026-11-28.csv.`,
  )
}
