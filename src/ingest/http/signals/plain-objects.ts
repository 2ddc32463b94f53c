import { DAY, type Instant } from '../../../domain/time/instant.ts'
import { fill, type SignalBatch } from '../../../store/engine/signals/signal-batch.ts'
import { plainDay, plainTime } from '../../cells/plain-cells.ts'
import { instantIn, LONGEST_WORD } from '../../cells/values.ts'
import type { Reception } from '../../signals/read-signal.ts'
import { DOOR } from './sent-signal.ts'

/**
 * Puts signals into a batch as they were sent, as long as they are plain: the fields that a signal has, names that passed
 * the checks before, a finite number, a time. All others are for the checks, which say the same of plain ones.
 */
export type PlainObjects = {
  /** False where it needs a second look; nothing was put at its place then. */
  take(sent: unknown, place: number): boolean
  /** Names as they were sent that passed the checks, by their places in the batch. */
  learn(sent: unknown, metric: number, source: number): void
}

export function plainObjects(batch: SignalBatch, { accounts, now }: Reception): PlainObjects {
  const metrics = new Map<unknown, number>()
  const sources = new Map<unknown, number>()
  for (const none of [undefined, null, '']) sources.set(none, batch.sources.placeOf(DOOR))
  return {
    take(sent, place) {
      if (!hasKnownFields(sent)) return false
      const { account_id: accountId, value, observed_at: time, id } = sent
      if (typeof accountId !== 'string' || typeof value !== 'number' || typeof time !== 'string') return false
      const account = accounts.get(accountId)
      const metric = metrics.get(sent.metric)
      const source = sources.get(sent.source)
      if (account === undefined || metric === undefined || source === undefined) return false
      const observedAt = instantOf(time)
      if (Number.isNaN(observedAt) || !Number.isFinite(value) || !isPlainId(id)) return false
      fill(batch, place, { account, metric, source, observedAt, value, delay: now - observedAt, id: id ?? '' })
      return true
    },
    learn(sent, metric, source) {
      if (!hasKnownFields(sent)) return
      metrics.set(sent.metric, metric)
      sources.set(sent.source, source)
    },
  }
}

/** Characters of a time as programs write it. */
const LONGEST_TIME = 24

type Fields = Readonly<Record<'account_id' | 'metric' | 'value' | 'observed_at' | 'source' | 'id', unknown>>

const FIELDS = new Set(['account_id', 'metric', 'value', 'observed_at', 'source', 'id'])

function hasKnownFields(sent: unknown): sent is Fields {
  if (typeof sent !== 'object' || sent === null) return false
  for (const name in sent) if (!FIELDS.has(name)) return false
  return true
}

const cell = Buffer.alloc(LONGEST_TIME * 3)

/** NaN for what is not a time; one that programs write is read in a third of the time. */
function instantOf(time: string): Instant {
  const end = time.length > LONGEST_TIME ? 0 : cell.write(time)
  const plain = plainDay(cell, 0) * DAY + plainTime(cell, 10, end)
  return Number.isNaN(plain) ? (instantIn(time) ?? Number.NaN) : plain
}

/** Nothing of it is trimmed or left out, and no spreadsheet made it. */
function isPlainId(id: unknown): id is string | undefined | null {
  if (id === undefined || id === null || id === '') return true
  return typeof id === 'string' && id.length <= LONGEST_WORD && PLAIN_ID.test(id)
}

const PLAIN_ID = /^[!-*,-~](?:[ -*,-~]*[!-*,-~])?$/
