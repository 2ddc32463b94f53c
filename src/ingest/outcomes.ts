import { OUTCOME_KINDS, type Outcome, outcomeKindOrNone } from '../domain/outcomes/outcome.ts'
import { dayOf, startOfDay } from '../domain/time/instant.ts'
import { withoutInvisible } from './cells/invisible.ts'
import type { NumberReader } from './cells/numbers.ts'
import { idProblem, instantIn, isRefusal, quoted, type Refusal, refuse, wordProblem } from './cells/values.ts'
import type { Csv } from './files/csv.ts'
import type { CsvRow } from './files/records.ts'
import type { Reception } from './signals/read-signal.ts'

const REQUIRED = ['account_id', 'outcome', 'on_date']

export const OUTCOME_COLUMNS = { required: REQUIRED, known: [...REQUIRED, 'arr', 'reason', 'note'] }

const LONGEST_NOTE = 20_000

/** An outcome as a file or a request writes it, its ARR read as a number already. */
export type OutcomeTexts = {
  readonly accountId: string
  readonly outcome: string
  readonly onDate: string
  readonly arr?: number
  readonly reason?: string
  readonly note?: string
  readonly source: string
}

/** The outcome that is meant, for every door; with `isHistory` it counts as learned on its day. */
export function outcomeIn(
  { accountId, outcome, onDate, arr, reason = '', note = '', source }: OutcomeTexts,
  { accounts, now, isHistory }: Reception,
): Outcome | Refusal {
  const id = withoutInvisible(accountId).trim()
  if (id === '') return refuse('account_id is empty')
  const account = accounts.get(id)
  if (account === undefined)
    return refuse(idProblem('account_id', id) ?? `no account ${quoted(id)}; import accounts first`)
  const kind = outcomeKindOrNone(withoutInvisible(outcome))
  if (kind === undefined) return refuse(`outcome ${quoted(outcome)} is not one of ${OUTCOME_KINDS.join(', ')}`)
  const written = withoutInvisible(onDate).trim()
  const at = startOfDay(written) === undefined ? undefined : instantIn(written)
  if (at === undefined) return refuse(`on_date ${quoted(onDate)} is not a date such as 2025-12-31`)
  const on = dayOf(at)
  if (at > now) return refuse(`on_date ${on} is in the future; an outcome is what has happened`)
  if (arr !== undefined && arr < 0) return refuse(`arr ${quoted(arr)} is less than 0`)
  const why = withoutInvisible(reason).trim()
  const problem = wordProblem('reason', why)
  if (problem !== undefined) return refuse(problem)
  if (note.length > LONGEST_NOTE) return refuse(`note has ${note.length} characters; ${LONGEST_NOTE} is the most`)
  return {
    account,
    kind,
    on,
    source,
    recordedAt: isHistory ? Math.min(Date.parse(on), now) : now,
    ...(arr !== undefined && { arr }),
    ...(why !== '' && { reasonCode: why }),
    ...(note.trim() !== '' && { note: note.trim() }),
  }
}

/** Undefined where numbers are to be settled. */
export function outcomeInRow(
  { cell }: Csv,
  row: CsvRow,
  reception: Reception,
  numbers: NumberReader,
): Outcome | Refusal | undefined {
  const text = (column: string) => cell(row, column) ?? ''
  const written = text('arr')
  const arr = written === '' ? undefined : numbers.read('arr', written)
  if (written !== '' && arr === undefined) return undefined
  if (typeof arr === 'object' && isRefusal(arr)) return arr
  const texts = { accountId: text('account_id'), outcome: text('outcome'), onDate: text('on_date') }
  const said = { reason: text('reason'), note: text('note'), source: 'csv' }
  return outcomeIn({ ...texts, ...said, ...(typeof arr === 'number' && { arr }) }, reception)
}
