import { BotError, ThreadLost } from '../errors.ts'
import {
  hasNoConnection,
  isBusy,
  isCutShort,
  isForbidden,
  isFull,
  isUnreachable,
  isUnwritable,
} from '../store/engine/engines.ts'

/** The database could not take what was to be written, and may later: `retryAfter` in seconds. */
export type StorageTrouble = { readonly sentence: string; readonly hint: string; readonly retryAfter: number }

const TROUBLES: readonly [(error: unknown) => boolean, StorageTrouble][] = [
  [
    isUnreachable,
    {
      sentence: 'The database cannot be reached.',
      hint: 'Try again in a few seconds.',
      retryAfter: 5,
    },
  ],
  [
    hasNoConnection,
    {
      sentence: 'No connection to the database came free.',
      hint: 'Try again in a few seconds. If it stays so: DATABASE_POOL, and max_connections of the server, in docs/operating.md.',
      retryAfter: 5,
    },
  ],
  [
    isCutShort,
    {
      sentence: 'The database ended a statement because it took longer than its statement_timeout.',
      hint: 'Send less at once, or raise statement_timeout for the user of Rounds.',
      retryAfter: 5,
    },
  ],
  [
    isBusy,
    {
      sentence: 'The database is busy.',
      hint: 'Try again in a few seconds.',
      retryAfter: 5,
    },
  ],
  [
    error => error instanceof ThreadLost,
    {
      sentence: 'The part of Rounds that writes to the database had to start again.',
      hint: 'Try again in a few seconds.',
      retryAfter: 5,
    },
  ],
  [
    isForbidden,
    {
      sentence: 'The user in DATABASE_URL lacks a right that Rounds needs.',
      hint: 'The log of the server says which; see PostgreSQL in docs/operating.md.',
      retryAfter: 60,
    },
  ],
  [isFull, { sentence: 'The disk of the database is full.', hint: 'Make room, then try again.', retryAfter: 60 }],
  [
    isUnwritable,
    {
      sentence: 'The database cannot be written.',
      hint: 'Check its disk and its permissions, and of a server whether it is a replica or set to read only.',
      retryAfter: 60,
    },
  ],
]

/** What a failure of the database means to the person who sent rows; undefined when it is a bug. */
export function storageTrouble(error: unknown): StorageTrouble | undefined {
  return TROUBLES.find(([isIt]) => isIt(error))?.[1]
}

/** The same failure as a sentence, where it is one. */
export function inWords(error: unknown): unknown {
  const trouble = storageTrouble(error)
  return trouble === undefined ? error : new BotError('storage', trouble.sentence, trouble.hint)
}
