import { z } from 'zod'
import { findAccountKeys } from '../../store/accounts/accounts.ts'
import { inKeyOrder } from '../../store/engine/batch-order.ts'
import { batchOf } from '../../store/engine/signal-batch.ts'
import type { NewSignal } from '../../store/sources/signals.ts'
import { withoutInvisible } from '../files/invisible.ts'
import { nearMisses } from '../files/near-misses.ts'
import { mostFrequent, tally } from '../files/notes.ts'
import { numberPlaces, sameTimeNotes } from '../files/places.ts'
import { isRefusal, quoted, type Refusal, refuse } from '../files/values.ts'
import { readSignal, SIGNAL_COLUMNS, type SignalTexts } from '../signals.ts'
import { unreadMetricNotes } from '../unread-metrics.ts'
import { writeTogether } from '../write-signals.ts'
import { guideOf, number, text } from './fields.ts'
import { BATCH } from './http-body.ts'
import type { Intake, Reception } from './intake.ts'
import { rejectList } from './rejects.ts'

export const SENT_SIGNAL = z
  .object(
    {
      account_id: text('account_id').meta({ description: 'The id of an account that exists.', examples: ['acme'] }),
      metric: text('metric').meta({
        description: 'The name of the metric, at most 200 characters.',
        examples: ['active_users'],
      }),
      value: number('value').meta({ description: 'A finite JSON number, without quotes.', examples: [14] }),
      observed_at: text('observed_at').meta({
        description: 'When it happened: ISO 8601. A bare date is midnight UTC, and no offset means UTC.',
        examples: ['2026-11-20T08:00:00Z'],
      }),
      source: text('source')
        .nullish()
        .meta({ description: 'Who measured it; "api" if left out.', examples: ['app'] }),
      id: text('id')
        .nullish()
        .meta({
          description: 'Tells events of one account, metric and time apart, and makes sending one again harmless.',
          examples: ['evt-1'],
        }),
    },
    {
      error: ({ input }) =>
        `${quoted(input)} is not a signal, which is an object with account_id, metric, value, observed_at`,
    },
  )
  .meta({ id: 'Signal', description: 'One observation.' })

const GUIDE = guideOf(SENT_SIGNAL)

/** What costs once a transaction is paid for so many rows, and nobody waits longer than a few milliseconds. */
const WRITTEN_TOGETHER = 5 * BATCH

/** Checks and saves signals as they come. */
export function openSignals({ connection, now, facts }: Reception): Intake {
  const accounts = new Map<string, number>()
  const places = numberPlaces(accounts)
  const together = writeTogether(connection, { size: WRITTEN_TOGETHER })
  let waiting: NewSignal[] = []
  const [unread, names] = [tally(), new Set<string>()]
  const counts = { read: 0, added: 0, changed: 0, unchanged: 0 }
  const rejects = rejectList(GUIDE)
  const add = (more: Readonly<Record<'added' | 'changed' | 'unchanged', number>>) => {
    for (const outcome of ['added', 'changed', 'unchanged'] as const) counts[outcome] += more[outcome]
  }
  const write = async () => {
    const batch = batchOf(waiting)
    waiting = []
    add(await together.add(batch, inKeyOrder(batch)))
  }
  const check = (value: unknown): readonly Refusal[] => {
    const { success, data, error } = SENT_SIGNAL.safeParse(value)
    if (!success) return error.issues.map(({ message }) => refuse(message))
    const signal = readSignal(textsOf(data), data.value, { accounts, now })
    return isRefusal(signal) ? [signal] : []
  }

  return {
    async take(sent) {
      counts.read += sent.length
      const read = sent.map(({ sent }) => (isRefusal(sent) ? refused(sent) : signalIn(sent.value)))
      const ids = new Set(read.map(({ texts }) => withoutInvisible(texts.accountId)))
      const unknown = [...ids].filter(id => !accounts.has(id))
      for (const [id, key] of await findAccountKeys(connection.db, unknown)) accounts.set(id, key)
      const rows = read.map(({ texts, value }, at) => ({ ...readSignal(texts, value, { accounts, now }), at }))
      for (const { at, ...signal } of places.number(rows)) {
        const row = sent[at]
        if (!isRefusal(signal)) {
          waiting.push(signal)
          if (!facts.metrics.has(signal.metric)) unread.add(signal.metric, `row ${row?.row}`)
        } else if (row !== undefined) rejects.add(row, signal, check, signal.id.startsWith('~') ? signal.id : '')
      }
      const value = sent[0] !== undefined && 'value' in sent[0].sent ? sent[0].sent.value : undefined
      for (const name of Object.keys(Object(value))) if (names.size < 100) names.add(name)
      if (waiting.length >= WRITTEN_TOGETHER) await write()
    },
    async end() {
      await write()
      add(await together.end())
      const columns = [...names]
      const notes = [
        ...nearMisses({ names: columns, written: columns }, SIGNAL_COLUMNS.known, 'is not read'),
        ...mostFrequent(unreadMetricNotes(unread.entries(), facts)),
        ...sameTimeNotes(places.numbered, 'request'),
        ...rejects.notes(),
      ]
      return { ...counts, rejected: rejects.count(), rejects: rejects.listed(), notes }
    },
    close() {
      together.close()
      places.close()
    },
  }
}

type Sent = { readonly texts: SignalTexts; readonly value: number | Refusal }

/** What is wrong is said of the value, so that a row counts among those of its time as far as it can be read. */
function signalIn(sent: unknown): Sent {
  const { success, data, error } = SENT_SIGNAL.safeParse(sent)
  if (!success) return refused(refuse(error.issues[0]?.message ?? ''), sent)
  return { texts: textsOf(data), value: data.value }
}

function textsOf(sent: z.infer<typeof SENT_SIGNAL>): SignalTexts {
  const { account_id: accountId, metric, observed_at: observedAt, source, id } = sent
  return { accountId, metric, observedAt, source: source || 'api', id: id ?? '' }
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
