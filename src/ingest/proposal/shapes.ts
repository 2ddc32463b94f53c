import type { Clues } from '../clues/clues.ts'
import { accounts } from './shape-of-accounts.ts'
import { events, long, wide } from './shapes-of-signals.ts'
import { answers, outcomes, tickets } from './shapes-of-words.ts'

type Written = Record<string, unknown>

/** What a file may be, by what its columns mean; the blocks of its mapping, or undefined where it is not that. */
export type Shape = { readonly label: string; readonly make: (clues: Clues) => Written | undefined }

/** The first that fits. */
export const SHAPES: readonly Shape[] = [
  { label: 'Signals, one a row', make: long },
  { label: 'Events', make: events },
  { label: 'Outcomes', make: outcomes },
  { label: 'Tickets', make: tickets },
  { label: 'Survey answers', make: answers },
  { label: 'Figures by account and day', make: wide },
  { label: 'A list of accounts', make: accounts },
]
