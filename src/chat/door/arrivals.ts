import { setTimeout as sleep } from 'node:timers/promises'
import type { Runtime } from '../../context.ts'
import { type Arrived, markHandled, noteArrival, refuseArrival } from '../../store/delivery/handled-requests.ts'
import type { Db } from '../../store/tables.ts'
import type { Acknowledge, Reply } from '../port.ts'

export type Nothing = Extract<Reply, { kind: 'nothing' }>

/** Milliseconds in which most of what comes in is done. */
const MOMENT = 25

/** Milliseconds until the next try to note that something was done. */
const NOTE_AGAIN = 2_000

/**
 * What came in is a row before it is acknowledged, and is done once: platforms deliver again what they think got lost,
 * and anybody may send again what they overheard. It is acknowledged once the row is on the disk, or it is done: what is
 * done in a moment asks nothing of the disk for its row, since whatever it wrote is there already.
 */
export function keepArrivals({
  connection,
  clock,
  log,
  instance,
}: Pick<Runtime, 'connection' | 'clock' | 'log' | 'instance'>) {
  const notes = new Set<Promise<void>>()
  const end = new AbortController()

  async function once<R>(
    arrived: Arrived,
    act: () => Promise<R>,
    acknowledge: Acknowledge = async () => {},
  ): Promise<R | Nothing> {
    const { deliveryId } = arrived.request
    const { isFirst, onDisk } = await noteArrival(connection, arrived, { at: clock(), instance }).catch(async error => {
      // The row may be there all the same, where only its answer was lost: who was refused is not served later.
      noteDone(db => refuseArrival(db, deliveryId, clock()))
      await acknowledge()
      throw error
    })
    if (!isFirst) {
      await onDisk().finally(acknowledge)
      return { kind: 'nothing' }
    }
    const work = act()
    const done = work.then(
      () => true,
      () => true,
    )
    try {
      const isDone = await Promise.race([done, sleep(MOMENT, false)])
      await (isDone ? acknowledge() : Promise.race([done, onDisk()]).finally(acknowledge))
      return await work
    } finally {
      noteDone(db => markHandled(db, deliveryId))
    }
  }

  /** Nobody who waits for an answer waits for this. What a power cut takes from it is done again. */
  function noteDone(note: (db: Db) => Promise<void>): void {
    const noted = untilNoted(note).finally(() => notes.delete(noted))
    notes.add(noted)
  }

  /** Also where the database is out of reach for a while: what is not noted is done again once this process has ended. */
  async function untilNoted(note: (db: Db) => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await connection.engine.writeLightly(connection.db, note)
        return
      } catch (error) {
        if (tries === 1) log.error({ err: error }, 'not noted as done')
        if (end.signal.aborted) return
      }
      await sleep(NOTE_AGAIN, undefined, { signal: end.signal, ref: false }).catch(() => {})
    }
  }

  return {
    once,
    /** Resolves once everything that was done is noted as done, or was tried once more. */
    async settle(): Promise<void> {
      end.abort()
      await Promise.all(notes)
    },
  }
}
