import { z } from 'zod'
import type { Instant } from '../../domain/time/instant.ts'
import { findAccountKeys } from '../../store/accounts/accounts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { slices } from '../../store/slices.ts'
import type { Counts, NewSignal } from '../../store/sources/signals.ts'
import { withoutInvisible } from '../files/invisible.ts'
import type { Note } from '../files/notes.ts'
import { numberPlaces, sameTimeNotes } from '../files/places.ts'
import { isRefusal, quoted, type Refusal, refuse } from '../files/values.ts'
import { readSignal, type SignalTexts } from '../signals.ts'
import { writeSignals } from '../write-signals.ts'
import type { SentRow } from './http-body.ts'

/** `rejects` lists the first 1,000 of the rejected; `id` where the row was given one. */
export type ReceiptReport = Counts & {
  readonly read: number
  readonly rejected: number
  readonly rejects: readonly Rejected[]
  readonly notes: readonly Note[]
}

type Rejected = { readonly row: number; readonly reason: string; readonly id?: string }

/** Rows at a time, so that the bot can answer in between. */
const SLICE = 1_000

const MOST_REJECTS = 1_000

/** Checks and saves signals that were sent. Once it resolves they are on the disk. */
export async function receiveSignals(
  connection: Connection,
  rows: readonly SentRow[],
  now: Instant,
): Promise<ReceiptReport> {
  const signals: NewSignal[] = []
  const rejects: Rejected[] = []
  const accounts = new Map<string, number>()
  const places = numberPlaces(accounts)
  for (const slice of slices(rows, SLICE)) {
    const read = slice.map(({ row, sent }) => ({ row, ...(isRefusal(sent) ? refused(sent) : signalIn(sent.value)) }))
    const ids = read.map(({ texts }) => withoutInvisible(texts.accountId))
    for (const [id, key] of await findAccountKeys(connection.db, [...new Set(ids)])) accounts.set(id, key)
    const rows = read.map(({ row, texts, value }) => ({ ...readSignal(texts, value, { accounts, now }), row }))
    for (const { row, ...signal } of places.number(rows)) {
      if (!isRefusal(signal)) signals.push(signal)
      else rejects.push({ row, reason: signal.reason, ...(signal.id.startsWith('~') && { id: signal.id }) })
    }
    await new Promise(resolve => setImmediate(resolve))
  }
  const counts = await writeSignals(connection, signals, { size: SLICE })
  const notes = sameTimeNotes(places.numbered, 'request')
  return { read: rows.length, ...counts, rejected: rejects.length, rejects: rejects.slice(0, MOST_REJECTS), notes }
}

const SENT = z.object(
  {
    account_id: text('account_id'),
    metric: text('metric'),
    value: z.number({
      error: ({ input }) => absent('value', input) ?? `value ${quoted(input)} is not a finite JSON number`,
    }),
    observed_at: text('observed_at'),
    source: text('source').nullish(),
    id: text('id').nullish(),
  },
  {
    error: ({ input }) =>
      `${quoted(input)} is not a signal, which is an object with account_id, metric, value, observed_at`,
  },
)

type Sent = { readonly texts: SignalTexts; readonly value: number | Refusal }

/** What is wrong is said of the value, so that a row counts among those of its time as far as it can be read. */
function signalIn(sent: unknown): Sent {
  const { success, data, error } = SENT.safeParse(sent)
  if (!success) return refused(refuse(error.issues.map(({ message }) => message).join('; ')), sent)
  const { account_id: accountId, metric, observed_at: observedAt, source, id } = data
  return { texts: { accountId, metric, observedAt, source: source || 'api', id: id ?? '' }, value: data.value }
}

function refused(value: Refusal, sent?: unknown): Sent {
  const { success, data } = PLACED.safeParse(sent)
  const { account_id: accountId = '', metric = '', observed_at: observedAt = '', id } = success ? data : {}
  return { texts: { accountId, metric, observedAt, source: '', id: id ?? '' }, value }
}

/** What tells a row's place, whatever else is wrong with it. */
const PLACED = z.object({
  account_id: z.string(),
  metric: z.string(),
  observed_at: z.string(),
  id: z.string().nullish(),
})

function text(column: string) {
  return z.string({ error: ({ input }) => absent(column, input) ?? `${column} ${quoted(input)} is not text` }).trim()
}

function absent(column: string, input: unknown): string | undefined {
  return input === undefined ? `${column} is missing` : undefined
}
