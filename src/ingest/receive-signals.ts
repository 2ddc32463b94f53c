import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import { findAccountKeys } from '../store/accounts.ts'
import type { Connection } from '../store/database.ts'
import { type Counts, type NewSignal, saveSignals } from '../store/signals.ts'
import { slices } from '../store/slices.ts'
import type { SentRow } from './http-body.ts'
import { type SignalTexts, signalOf } from './signals.ts'
import { isRefusal, quoted, type Refusal, refuse } from './values.ts'
import { writeSignals } from './write-signals.ts'

/** `rejects` lists the first 1,000 of the rejected. */
export type ReceiptReport = Counts & {
  readonly read: number
  readonly rejected: number
  readonly rejects: readonly { readonly row: number; readonly reason: string }[]
}

/** Rows at a time, so that the bot can answer in between. */
const SLICE = 1_000

const MOST_REJECTS = 1_000

/** Checks and saves signals that were sent. Once it resolves they are on the disk. */
export async function receiveSignals(
  connection: Connection,
  rows: readonly SentRow[],
  receivedAt: Instant,
): Promise<ReceiptReport> {
  const signals: NewSignal[] = []
  const rejects: { row: number; reason: string }[] = []
  for (const slice of slices(rows, SLICE)) {
    const read = slice.map(({ row, sent }) => ({ row, texts: isRefusal(sent) ? sent : textsIn(sent.value) }))
    const ids = read.map(({ texts }) => (isRefusal(texts) ? '' : texts.accountId))
    const reception = { accounts: await findAccountKeys(connection.db, [...new Set(ids)]), receivedAt }
    for (const { row, texts } of read) {
      const signal = isRefusal(texts) ? texts : signalOf(texts, texts.value, reception)
      if (isRefusal(signal)) rejects.push({ row, reason: signal.reason })
      else signals.push(signal)
    }
    await new Promise(resolve => setImmediate(resolve))
  }
  const counts = await writeSignals(connection, signals, saveSignals, SLICE)
  return { read: rows.length, ...counts, rejected: rejects.length, rejects: rejects.slice(0, MOST_REJECTS) }
}

const SENT = z.object(
  {
    account_id: text('account_id'),
    metric: text('metric'),
    value: z.number({
      error: ({ input }) => absent('value', input) ?? `value ${quoted(input)} is no finite JSON number`,
    }),
    observed_at: text('observed_at'),
    source: text('source').nullish(),
    id: text('id').nullish(),
  },
  {
    error: ({ input }) =>
      `${quoted(input)} is no signal, which is an object with account_id, metric, value, observed_at`,
  },
)

function textsIn(value: unknown): (SignalTexts & { readonly value: number }) | Refusal {
  const { success, data, error } = SENT.safeParse(value)
  if (!success) return refuse(error.issues.map(({ message }) => message).join('; '))
  const { account_id: accountId, metric, observed_at: observedAt, source, id } = data
  return { accountId, metric, observedAt, source: source || 'api', id: id ?? '', value: data.value }
}

function text(column: string) {
  return z.string({ error: ({ input }) => absent(column, input) ?? `${column} ${quoted(input)} is no text` }).trim()
}

function absent(column: string, input: unknown): string | undefined {
  return input === undefined ? `${column} is missing` : undefined
}
