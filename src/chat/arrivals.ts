import type { Runtime } from '../context.ts'
import { type Arrived, markHandled, noteArrival } from '../store/delivery/handled-requests.ts'
import type { Acknowledge, Reply } from './port.ts'

export type Nothing = Extract<Reply, { kind: 'nothing' }>

/**
 * What came in is a row before it is acknowledged, and is done once: platforms deliver again what they think got lost,
 * and anybody may send again what they overheard.
 */
export function keepArrivals({
  connection,
  clock,
  log,
  instance,
}: Pick<Runtime, 'connection' | 'clock' | 'log' | 'instance'>) {
  const notes = new Set<Promise<void>>()

  async function once<R>(
    arrived: Arrived,
    act: () => Promise<R>,
    acknowledge: Acknowledge = async () => {},
  ): Promise<R | Nothing> {
    const { isFirst, onDisk } = await noteArrival(connection, arrived, { at: clock(), instance }).catch(async error => {
      await acknowledge()
      throw error
    })
    // The disk takes its time; the work begins meanwhile.
    const acknowledged = onDisk().finally(acknowledge)
    if (!isFirst) {
      await acknowledged
      return { kind: 'nothing' }
    }
    try {
      const [reply] = await Promise.all([act(), acknowledged])
      return reply
    } finally {
      noteDone(arrived.request.deliveryId)
    }
  }

  /** Nobody who waits for an answer waits for this. What a power cut takes from it is done again. */
  function noteDone(delivery: string): void {
    const noted = connection.engine
      .writeLightly(connection.db, db => markHandled(db, delivery))
      .then(
        () => {},
        error => log.error({ err: error }, 'not noted as done'),
      )
      .finally(() => notes.delete(noted))
    notes.add(noted)
  }

  return {
    once,
    /** Resolves once everything that was done is noted as done. */
    async settle(): Promise<void> {
      await Promise.all(notes)
    },
  }
}
