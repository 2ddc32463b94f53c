import type Sqlite from 'better-sqlite3'
import type { Db } from '../../tables.ts'
import type { Engine } from '../engine.ts'
import { isSound, leaveFileAsItIs, walBytes } from './checkup.ts'
import type { LogSync } from './connection/log-sync.ts'
import type { Turns } from './connection/turns.ts'
import { copyBefore } from './copy-before.ts'
import { startDryRun } from './dry-run.ts'
import { packWeeks } from './packs/pack-weeks.ts'
import { isServed } from './service-lock.ts'
import { openSeries } from './signals/read-series.ts'
import { readEarlierVersions, readObserved, readSignals } from './signals/read-signals.ts'
import { openTogether } from './signals/signals-together.ts'
import { addSignals } from './signals/write-signals.ts'
import { freeBytes, probeWriting } from './write-probe.ts'

/**
 * SQLite runs in this process, so everything is done when a call returns. There is one connection, so everything is
 * part of the transaction that is open on it.
 */
export function sqliteEngine(sqlite: Sqlite.Database, log: LogSync, turns: Turns): Engine {
  return {
    name: sqlite.name,
    isShared: false,
    signals: {
      add: async (_, batch, order, options) => addSignals(sqlite, batch, order, options),
      openTogether: () => openTogether(sqlite),
      read: async (_, account, until) => readSignals(sqlite, account, until),
      readObserved: async (_, account, span) => readObserved(sqlite, account, span),
      readEarlierVersions: async (_, account, until) => readEarlierVersions(sqlite, account, until),
      packWeeks: (_, reach) => packWeeks(sqlite, reach),
      openSeries: async (_, reach) => openSeries(sqlite, reach),
    },
    refuseUnfit: async () => {},
    isServed: async () => isServed(sqlite.name),
    copyBefore: async migration => copyBefore(sqlite, migration),
    isSound: async () => isSound(sqlite),
    leaveFileAsItIs: () => leaveFileAsItIs(sqlite),
    walBytes: async () => walBytes(sqlite),
    freeBytes: () => freeBytes(sqlite),
    probeWriting: (db: Db, now) => db.connection().execute(async () => probeWriting(sqlite, now)),
    writeLightly: async (db, write) => ({ result: await turns.writeLightly(db, write), onDisk: log.sync }),
    listenToOutbox: () => ({ end: async () => {} }),
    degraded: async () => [],
    notes: async () => [],
    dryRun: async () => startDryRun(sqlite),
  }
}
