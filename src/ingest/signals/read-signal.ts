import type { Instant } from '../../domain/time/instant.ts'
import type { NewSignal } from '../../store/sources/signals.ts'
import { withoutInvisible } from '../cells/invisible.ts'
import type { NumberReader } from '../cells/numbers.ts'
import { idProblem, instantIn, LONGEST_WORD, quoted, type Refusal, TIME_EXAMPLE, wordProblem } from '../cells/values.ts'
import type { Csv } from '../files/csv.ts'
import type { CsvRow } from '../files/records.ts'

const REQUIRED = ['account_id', 'metric', 'value', 'observed_at']

export const SIGNAL_COLUMNS = { required: REQUIRED, known: [...REQUIRED, 'source', 'id'] }

/** The texts of a signal, trimmed. */
export type SignalTexts = {
  readonly accountId: string
  readonly metric: string
  readonly observedAt: string
  readonly source: string
  readonly id: string
}

/** A rejected row, as far as it can be read: that tells its place among the others. */
export type RefusedSignal = Refusal & {
  readonly accountId: string
  readonly metric: string
  readonly observedAt: Instant | undefined
  readonly id: string
}

export type SignalRead = NewSignal | RefusedSignal

/** What a signal is read against. `isHistory`: it was received when it was observed, unless that is yet to come. */
export type Reception = {
  readonly accounts: Pick<ReadonlyMap<string, number>, 'get'>
  readonly now: Instant
  readonly isHistory?: boolean
}

/** Of rows that name none. */
export const DEFAULT_SOURCE = 'csv'

/** Undefined if the file must be scanned before its numbers can be read. */
export function signalInRow(
  { cell }: Csv,
  row: CsvRow,
  reception: Reception,
  numbers: NumberReader,
): SignalRead | undefined {
  const value = numbers.read('value', cell(row, 'value') ?? '')
  if (value === undefined) return undefined
  const texts = {
    accountId: cell(row, 'account_id') ?? '',
    metric: cell(row, 'metric') ?? '',
    observedAt: cell(row, 'observed_at') ?? '',
    source: cell(row, 'source') || DEFAULT_SOURCE,
    id: cell(row, 'id') ?? '',
  }
  return readSignal(texts, value, reception, PRINTABLE.test(row.raw))
}

/** Testing a whole row once costs less than testing each of its cells. */
const PRINTABLE = /^[ -~]*$/

/** A signal with a finite value, a known account and a time; otherwise the reason. `isPrintable`: no invisible characters. */
export function readSignal(
  texts: SignalTexts,
  value: number | Refusal,
  reception: Reception,
  isPrintable = false,
): SignalRead {
  const { accountId, metric, source, id, observedAt: time } = isPrintable ? texts : visible(texts)
  const observedAt = instantIn(time)
  const no = (reason: string): SignalRead => ({ accountId, metric, observedAt, id, reason })
  if (typeof value !== 'number') return no(value.reason)
  if (accountId === '') return no('account_id is empty')
  if (metric === '') return no('metric is empty')
  if (observedAt === undefined) return no(`observed_at ${quoted(texts.observedAt)} is not an ${TIME_EXAMPLE}`)
  const isOrdinary = isPrintable && metric.length + source.length <= LONGEST_WORD
  const wrongWord = isOrdinary ? undefined : (wordProblem('metric', metric) ?? wordProblem('source', source))
  const problem = wrongWord ?? (id === '' ? undefined : idProblem('id', id))
  if (problem !== undefined) return no(problem)
  const account = reception.accounts.get(accountId)
  if (account === undefined) {
    return no(idProblem('account_id', accountId) ?? `no account ${quoted(accountId)}; import accounts first`)
  }
  const receivedAt = reception.isHistory ? Math.min(observedAt, reception.now) : reception.now
  return { account, metric, value, observedAt, receivedAt, id, source }
}

function visible({ accountId, metric, observedAt, source, id }: SignalTexts): SignalTexts {
  return {
    accountId: withoutInvisible(accountId).trim(),
    metric: withoutInvisible(metric).trim(),
    observedAt: withoutInvisible(observedAt).trim(),
    source: withoutInvisible(source).trim(),
    id: withoutInvisible(id).trim(),
  }
}

/** For a row that could not even be split into cells. */
export function unreadable({ reason }: Refusal): RefusedSignal {
  return { accountId: '', metric: '', observedAt: undefined, id: '', reason }
}
