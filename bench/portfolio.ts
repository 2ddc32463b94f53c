import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY, type Instant } from '../src/domain/time/instant.ts'
import { saveAccounts } from '../src/store/accounts/accounts.ts'
import type { Connection } from '../src/store/engine/engine.ts'
import { openDatabase } from '../src/store/engine/engines.ts'
import { migrate } from '../src/store/engine/migrate.ts'
import { bareOf } from '../src/store/engine/sqlite/database.ts'
import { inKeyOrder } from '../src/store/sources/key-order.ts'
import { addSignals, type NewSignal } from '../src/store/sources/signals.ts'

export const MORNING: Instant = Date.UTC(2026, 10, 1, 6)

/** Days between two signals of each metric: 195 signals an account in 90 days, as in SPEED. */
const EVERY: Readonly<Record<string, number>> = {
  active_users: 1.5,
  logins: 1.5,
  key_feature_uses: 3,
  tickets_opened: 7,
  seats: 30,
  csat: 10,
  nps: 30,
  csm_pulse: 30,
}

/** A database of its own in a folder of its own, with signals of so many days; `end` removes it. */
export async function createPortfolio(accounts: number, days = 90) {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
  const databaseUrl = `sqlite:${join(folder, 'rounds.db')}`
  const connection: Connection = openDatabase(databaseUrl)
  await migrate(connection)
  const listed = Array.from({ length: accounts }, (_, at) => ({
    id: `account-${at}`,
    name: `Account number ${at}`,
    attributes: new Map([['segment', at % 3 === 0 ? 'enterprise' : 'mid']]),
  }))
  await saveAccounts(connection.db, listed, MORNING - 100 * DAY)
  const all = signalsOf(accounts, days)
  for (let at = 0; at < all.length; at += 100_000) addSignals(connection, all.slice(at, at + 100_000))
  bareOf(connection).pragma('wal_checkpoint(TRUNCATE)')
  return {
    folder,
    databaseUrl,
    connection,
    signals: all.length,
    async end() {
      await connection.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** In the order of the store's key. Account keys count from 1. */
export function signalsOf(accounts: number, days = 90): NewSignal[] {
  const signals: NewSignal[] = []
  for (let account = 1; account <= accounts; account += 1) {
    for (const [metric, every] of Object.entries(EVERY)) {
      for (let day = 0; day < days; day += every) {
        const observedAt = MORNING - Math.round(day * DAY)
        const value = readingOn(metric, account, Math.round(day))
        signals.push({ account, metric, value, observedAt, receivedAt: observedAt, id: '', source: 'bench' })
      }
    }
  }
  return inKeyOrder(signals)
}

/** Accounts from bad to good; one in ten uses nine seats of ten. */
function readingOn(metric: string, account: number, day: number): number {
  const [level, noise] = [account % 10, ((account * 31 + day * 7) % 11) / 10]
  switch (metric) {
    case 'seats':
      return 40
    case 'nps':
    case 'csat':
    case 'csm_pulse':
      return 1 + Math.min(4, Math.floor(level / 2))
    case 'tickets_opened':
      return 9 - level
    default:
      return Math.round(4 * level + noise)
  }
}
