import { placeIn, put, type SignalBatch } from '../../../store/engine/signals/signal-batch.ts'
import { isRefusal } from '../../cells/values.ts'
import type { RefusedRow } from '../../numbering.ts'
import { type Reception, readSignal } from '../../signals.ts'
import type { SentRow } from '../http-body.ts'
import { type PlainObjects, plainObjects } from './plain-objects.ts'
import { signalIn } from './sent-signal.ts'

/** Reads rows that were sent into a batch, each to the next place there; says of one that is left out why. */
export function sentReader(
  batch: SignalBatch,
  reception: Reception,
  plain: PlainObjects = plainObjects(batch, reception),
): (sent: SentRow['sent']) => RefusedRow | undefined {
  return sent => {
    if (!isRefusal(sent) && plain.take(sent.value)) return undefined
    const { texts, value } = signalIn(sent)
    const read = readSignal(texts, value, reception)
    const place = placeIn(batch)
    if (isRefusal(read)) return { place, read }
    put(batch, place, read)
    if (!isRefusal(sent)) plain.learn(sent.value, batch.metric[place] ?? 0, batch.source[place] ?? 0)
    return undefined
  }
}
