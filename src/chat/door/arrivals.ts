import { setTimeout as sleep } from 'node:timers/promises'
import type { Runtime } from '../../context.ts'
import { type Arrived, markHandled, noteArrival, refuseArrival } from '../../store/delivery/handled-requests.ts'
import type { Db } from '../../store/tables.ts'
import type { Acknowledge, Reply } from '../port.ts'

export type Nothing = Extract<Reply, { kind: 'nothing' }>

/** Milliseconds in which most requests are done. */
const MOMENT = 25

/** Milliseconds until the next try to record that a request is done. */
const NOTE_AGAIN = 2_000

/**
 * A request is recorded before it is acknowledged, and handled once: platforms redeliver what they think got lost,
 * and anybody may replay what they overheard. It is acknowledged once its row is on disk, or once it is done: a request
 * that takes only a moment needs no sync for its row, since whatever it wrote is on disk already.
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
      // The row may be there even so, if only its answer was lost: a refused request must not be handled later.
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

  /** Done after the answer. If a power cut loses it, the request is handled again. */
  function noteDone(note: (db: Db) => Promise<void>): void {
    const noted = untilNoted(note).finally(() => notes.delete(noted))
    notes.add(noted)
  }

  /** Retries while the database is out of reach: what is not recorded as done is handled again by the next process. */
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
    /** Resolves once everything is recorded as done, or recording it was tried once more. */
    async settle(): Promise<void> {
      end.abort()
      await Promise.all(notes)
    },
  }
}
