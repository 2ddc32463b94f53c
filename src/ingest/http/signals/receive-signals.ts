import { addCounts } from '../../../store/counts.ts'
import type { Connection } from '../../../store/engine/engine.ts'
import { openBatch, placeIn } from '../../../store/engine/signals/signal-batch.ts'
import { withoutInvisible } from '../../cells/invisible.ts'
import { nearMisses } from '../../cells/near-misses.ts'
import { isRefusal, type Refusal, refuse } from '../../cells/values.ts'
import { mostFrequent, tally } from '../../files/notes.ts'
import { numberRows, type RefusedRow } from '../../signals/numbering.ts'
import { readSignal, SIGNAL_COLUMNS } from '../../signals/read-signal.ts'
import { sameTimeNotes } from '../../signals/same-time.ts'
import { unreadMetricNotes } from '../../signals/unread-metrics.ts'
import { writeTogether } from '../../signals/write-signals.ts'
import { guideOf } from '../fields.ts'
import type { Intake, Received, Reception } from '../intake.ts'
import { receiveBody, type SentBody } from '../receive-body.ts'
import { rejectList } from '../rejects.ts'
import { BATCH, type SentRow } from '../sent-row.ts'
import { type KnownAccounts, knownAccounts } from './known-accounts.ts'
import { plainLines } from './plain-lines.ts'
import { sentReader } from './read-sent.ts'
import { SENT_SIGNAL, textsOf } from './sent-signal.ts'

const GUIDE = guideOf(SENT_SIGNAL)

/** Rows per transaction, to share its fixed cost; other writers wait some ten milliseconds. */
const WRITTEN_TOGETHER = 10 * BATCH

/** A body of signals; all of it but its bytes is plain data. */
export type SentSignals = SentBody & Pick<Reception, 'facts'>

export function receiveSignals(
  connection: Connection,
  signals: SentSignals,
  known = knownAccounts(connection),
): Promise<Received> {
  const { now, facts } = signals
  return receiveBody({ connection }, openSignals({ connection, now, facts, known }), signals)
}

type SignalsReception = Omit<Reception, 'platforms'> & { readonly known?: KnownAccounts }

/** Checks and saves signals as they come. */
export function openSignals({ connection, now, facts, known = knownAccounts(connection) }: SignalsReception): Intake {
  const { keys: accounts, lookUp } = known
  const batch = openBatch()
  const read = sentReader(batch, { accounts, now })
  const numbering = numberRows(accounts)
  const together = writeTogether(connection, { size: WRITTEN_TOGETHER })
  const lines = plainLines(batch, now, known.names)
  let refused: (RefusedRow & { readonly row: SentRow })[] = []
  const rowAt: number[] = []
  const [unread, names] = [tally(), new Set<string>()]
  const counts = { read: 0, added: 0, changed: 0, unchanged: 0 }
  const rejects = rejectList(GUIDE)
  const check = (value: unknown): readonly Refusal[] => {
    const { success, data, error } = SENT_SIGNAL.safeParse(value)
    if (!success) return error.issues.map(({ message }) => refuse(message))
    const signal = readSignal(textsOf(data), data.value, { accounts, now })
    return isRefusal(signal) ? [signal] : []
  }
  const countUnread = () => {
    for (let place = 0; place < batch.length; place += 1) {
      const metric = batch.metrics.all[batch.metric[place] ?? 0] ?? ''
      const isKept = !Number.isNaN(batch.value[place])
      if (isKept && !facts.metrics.has(metric)) unread.add(metric, `row ${rowAt[place]}`)
    }
  }
  const noteNames = (value: unknown) => {
    for (const name of Object.keys(Object(value))) if (names.size < 100) names.add(name)
  }
  const write = async () => {
    const order = await numbering.number({ batch, refused })
    for (const { place, row, read } of refused) {
      const id = batch.id[place] ?? ''
      rejects.add(row, read, check, id.startsWith('~') ? id : '')
    }
    countUnread()
    addCounts(counts, await together.add(batch, order))
    batch.length = 0
    refused = []
  }

  return {
    plain: {
      prepare: bytes => lookUp(lines.unknownAccounts(bytes)),
      take(bytes, from, line, most) {
        const taken = lines.take(bytes, from, most)
        counts.read += taken.rows
        for (let at = 0; at < taken.rows; at += 1) rowAt[batch.length - taken.rows + at] = line + at
        return taken
      },
      place: () => placeIn(batch),
    },
    async take(sent) {
      counts.read += sent.length
      await lookUp(sent.flatMap(({ sent }) => accountIn(sent) ?? []))
      for (const row of sent) {
        const place = row.place ?? placeIn(batch)
        const left = read(row.sent, place)
        rowAt[place] = row.row
        if (left !== undefined) refused.push({ ...left, row })
        if (row.index % BATCH === 0 && 'value' in row.sent) noteNames(row.sent.value)
      }
      // Rejects are held in memory until they are written, and one row may be long.
      if (batch.length >= WRITTEN_TOGETHER || refused.length >= BATCH) await write()
    },
    async end() {
      await write()
      addCounts(counts, await together.end())
      const columns = [...names]
      const notes = [
        ...nearMisses({ names: columns, written: columns }, SIGNAL_COLUMNS.known, 'is not read'),
        ...mostFrequent(unreadMetricNotes(unread.entries(), facts)),
        ...sameTimeNotes(numbering.numbered, 'request'),
        ...rejects.notes(),
      ]
      return { ...counts, rejected: rejects.count(), rejects: rejects.listed(), notes }
    },
    async close() {
      await together.close()
      numbering.close()
    },
  }
}

/** The id of its account, if it has one. */
function accountIn(sent: SentRow['sent']): string | undefined {
  const id = 'value' in sent ? Object(sent.value).account_id : undefined
  return typeof id === 'string' ? withoutInvisible(id).trim() : undefined
}
