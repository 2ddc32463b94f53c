import type { Instant } from '../domain/instant.ts'
import type { NewSignal } from '../store/signals.ts'
import type { Csv } from './csv.ts'
import type { CsvRow } from './records.ts'
import {
  finiteIn,
  instantIn,
  numberProblem,
  quoted,
  type Refusal,
  refuse,
  TIME_EXAMPLE,
  wordProblem,
} from './values.ts'

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

/** What a signal is read against: the accounts that there are, and when it was received, else when it was observed. */
export type Reception = { readonly accounts: ReadonlyMap<string, number>; readonly receivedAt: Instant | undefined }

export function signalInRow({ cell }: Csv, row: CsvRow, reception: Reception): NewSignal | Refusal {
  const written = cell(row, 'value') ?? ''
  const value = finiteIn(written)
  if (value === undefined) return refuse(numberProblem('value', written))
  const texts = {
    accountId: cell(row, 'account_id') ?? '',
    metric: cell(row, 'metric') ?? '',
    observedAt: cell(row, 'observed_at') ?? '',
    source: cell(row, 'source') || 'csv',
    id: cell(row, 'id') ?? '',
  }
  return signalOf(texts, value, reception)
}

/** A finite value of an account that there is, at a time, else why not. */
export function signalOf(texts: SignalTexts, value: number, { accounts, receivedAt }: Reception): NewSignal | Refusal {
  const { accountId, metric, source, id } = texts
  if (accountId === '') return refuse('account_id is empty')
  if (metric === '') return refuse('metric is empty')
  const observedAt = instantIn(texts.observedAt)
  if (observedAt === undefined) return refuse(`observed_at ${quoted(texts.observedAt)} is no ${TIME_EXAMPLE}`)
  const problem = wordProblem('metric', metric) ?? wordProblem('source', source) ?? wordProblem('id', id)
  if (problem !== undefined) return refuse(problem)
  const account = accounts.get(accountId)
  if (account === undefined) return refuse(`no account ${quoted(accountId)}; import accounts first`)
  return { account, metric, value, observedAt, receivedAt: receivedAt ?? observedAt, id, source }
}
