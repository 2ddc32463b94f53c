import { placeIn, put, type SignalBatch } from '../../../store/engine/signals/signal-batch.ts'
import { isRefusal } from '../../cells/values.ts'
import type { RefusedRow } from '../../signals/numbering.ts'
import { type Reception, readSignal } from '../../signals/read-signal.ts'
import type { SentRow } from '../sent-row.ts'
import { type PlainObjects, plainObjects } from './plain-objects.ts'
import { signalIn } from './sent-signal.ts'

/** Reads rows that were sent into a batch, each to its place or the next one there; says of one that is left out why. */
export function sentReader(
  batch: SignalBatch,
  reception: Reception,
  plain: PlainObjects = plainObjects(batch, reception),
): (sent: SentRow['sent'], place?: number) => RefusedRow | undefined {
  return (sent, place = placeIn(batch)) => {
    if (!isRefusal(sent) && plain.take(sent.value, place)) return undefined
    const { texts, value } = signalIn(sent)
    const read = readSignal(texts, value, reception)
    if (isRefusal(read)) return { place, read }
    put(batch, place, read)
    if (!isRefusal(sent)) plain.learn(sent.value, batch.metric[place] ?? 0, batch.source[place] ?? 0)
    return undefined
  }
}
