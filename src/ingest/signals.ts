import type { Instant } from '../domain/instant.ts'
import type { NewSignal } from '../store/signals.ts'
import type { Csv } from './csv.ts'
import { withoutInvisible } from './invisible.ts'
import type { NumberReader } from './numbers.ts'
import type { CsvRow } from './records.ts'
import { idProblem, instantIn, quoted, type Refusal, TIME_EXAMPLE, wordProblem } from './values.ts'

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

/** A row that is left out, as far as it can be read: that places it among the others. */
export type RefusedSignal = Refusal & {
  readonly accountId: string
  readonly metric: string
  readonly observedAt: Instant | undefined
  readonly id: string
}

export type SignalRead = NewSignal | RefusedSignal

/** What a signal is read against. `isHistory`: it was received when it was observed, unless that is yet to come. */
export type Reception = {
  readonly accounts: ReadonlyMap<string, number>
  readonly now: Instant
  readonly isHistory?: boolean
}

/** Undefined where the file must be looked through before its numbers can be read. */
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
    source: cell(row, 'source') || 'csv',
    id: cell(row, 'id') ?? '',
  }
  return readSignal(texts, value, reception)
}

/** A finite value of an account that there is, at a time, else why not. */
export function readSignal(texts: SignalTexts, value: number | Refusal, reception: Reception): SignalRead {
  const accountId = withoutInvisible(texts.accountId)
  const metric = withoutInvisible(texts.metric)
  const [source, id] = [withoutInvisible(texts.source), withoutInvisible(texts.id)]
  const observedAt = instantIn(withoutInvisible(texts.observedAt))
  const no = (reason: string): SignalRead => ({ accountId, metric, observedAt, id, reason })
  if (typeof value !== 'number') return no(value.reason)
  if (accountId === '') return no('account_id is empty')
  if (metric === '') return no('metric is empty')
  if (observedAt === undefined) return no(`observed_at ${quoted(texts.observedAt)} is not an ${TIME_EXAMPLE}`)
  const problem = wordProblem('metric', metric) ?? wordProblem('source', source) ?? idProblem('id', id)
  if (problem !== undefined) return no(problem)
  const account = reception.accounts.get(accountId)
  if (account === undefined) {
    return no(idProblem('account_id', accountId) ?? `no account ${quoted(accountId)}; import accounts first`)
  }
  const receivedAt = reception.isHistory ? Math.min(observedAt, reception.now) : reception.now
  return { account, metric, value, observedAt, receivedAt, id, source }
}

/** What a row came to that could not even be taken apart. */
export function unreadable({ reason }: Refusal): RefusedSignal {
  return { accountId: '', metric: '', observedAt: undefined, id: '', reason }
}
