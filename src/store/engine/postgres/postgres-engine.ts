import { countInstances } from '../../claims/instances.ts'
import type { Db } from '../../tables.ts'
import { databaseName } from '../database-name.ts'
import type { Engine } from '../engine.ts'
import type { Pool } from './connections/pool.ts'
import { type DryRun, startDryRun } from './dry-run.ts'
import { bringToDisk, writtenLightly } from './light-writes.ts'
import { listen, notificationsArrive, OUTBOX } from './listener.ts'
import { packWeeks } from './packs/pack-weeks.ts'
import { probeWriting } from './probe-writing.ts'
import { refuseUnfit } from './refuse-unfit.ts'
import type { Replica } from './replica.ts'
import { signalAdder } from './signals/add-signals.ts'
import { openDictionaries } from './signals/dictionaries.ts'
import { openSeries } from './signals/read-series.ts'
import { readEarlierVersions, readObserved, readSignals } from './signals/read-signals.ts'
import { openTogether } from './signals/signals-together.ts'

const UNHEARD =
  'LISTEN does not work through the address in DATABASE_URL, which is usual for PgBouncer in transaction mode: a message that another instance or a command puts in goes out up to half a second later. Nothing else changes.'

type Server = {
  readonly url: string
  readonly pool: Pool
  readonly db: Db
  /** For small writes that must not wait for anything else. */
  readonly aside: Db
  readonly replica: Replica | undefined
}

/**
 * PostgreSQL, a server of its own, which takes care of its log, checkpoints and checksums: nothing to do for these
 * here.
 */
export function postgresEngine({ url, pool, db, aside, replica }: Server): Engine {
  const dictionaries = openDictionaries()
  const light = writtenLightly(aside)
  let dryRun: DryRun | undefined
  const add = signalAdder(dictionaries, async (db, rows) => dryRun?.fetchKnown(db, rows))
  const degraded = async () => [await replica?.trouble()].flatMap(trouble => trouble ?? [])
  return {
    name: databaseName(url),
    isShared: true,
    signals: {
      add,
      openTogether: () => openTogether(add),
      read: readSignals,
      readObserved,
      readEarlierVersions,
      packWeeks,
      openSeries,
    },
    refuseUnfit: () => refuseUnfit(db, databaseName(url)),
    isServed: async () => (await countInstances(db)) > 0,
    copyBefore: async () => {},
    isSound: async () => true,
    leaveFileAsItIs: () => ({ end() {} }),
    walBytes: async () => 0,
    freeBytes: async () => undefined,
    probeWriting,
    async writeLightly(_, write) {
      return { result: await write(light), onDisk: () => bringToDisk(aside) }
    },
    listenToOutbox: wake => listen(url, OUTBOX, wake),
    degraded,
    // If the server has no connection left to try this, other checks say so.
    notes: async () => [
      ...((await notificationsArrive(url).catch(() => true)) ? [] : [UNHEARD]),
      ...(await degraded()),
    ],
    async dryRun() {
      dictionaries.forget()
      const running = await startDryRun(db, pool)
      dryRun = running
      return {
        async end() {
          dryRun = undefined
          await running.end()
          dictionaries.forget()
        },
      }
    },
  }
}
