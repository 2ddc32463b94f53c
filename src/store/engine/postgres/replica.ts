import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { Db, Tables } from '../../tables.ts'
import { databaseName } from '../database-name.ts'
import { answeredInTime } from './connections/answered-in-time.ts'
import { openPool } from './connections/pool.ts'
import { reasonOf } from './failures.ts'

/** A copy of the database on another server, which follows the primary. */
export type Replica = {
  readonly db: Db
  /** Whether it has everything that is committed by now, so that people see what they just wrote, on any instance. */
  hasCaughtUp(): Promise<boolean>
  /** It failed: it is not used for a while. */
  leaveAlone(): void
  /** Why it is of no use, in a sentence. */
  trouble(): Promise<string | undefined>
  close(): Promise<void>
}

/** Milliseconds that a lookup waits for it, that a checkup waits for it, and that it is not used after a failure. */
const WAIT = 100
const LONG_WAIT = 1_000
const LEFT_ALONE = 10_000
const CONNECTING = 1_000
const CHECK_EVERY = 5

export function openReplica(url: string, size: number, primary: Db): Replica {
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openPool(url, size, { timeout: CONNECTING }) }),
  })
  const name = `The replica in DATABASE_READ_URL (${databaseName(url)})`
  let aloneUntil = -Infinity
  const leaveAlone = () => {
    aloneUntil = performance.now() + LEFT_ALONE
  }
  return {
    db,
    leaveAlone,
    async hasCaughtUp() {
      if (performance.now() < aloneUntil) return false
      const found = await positionOf(primary)
        .then(position => follow(db, position, WAIT))
        .catch(() => undefined)
      if (found?.hasAll !== true) leaveAlone()
      return found?.hasAll === true
    },
    async trouble() {
      const position = await positionOf(primary)
      try {
        const found = await follow(db, position, LONG_WAIT)
        if (!found.isSame) return `${name} is not a copy of the database in DATABASE_URL: lookups read the primary.`
        return found.hasAll ? undefined : `${name} is ${behind(found)}: lookups read the primary meanwhile.`
      } catch (error) {
        return `${name} cannot be read (${reasonOf(error)}): lookups read the primary meanwhile.`
      }
    },
    close: () => db.destroy(),
  }
}

/** How far a server has got, and which cluster it belongs to. */
type Position = { readonly at: string; readonly system: string; readonly database: string }

async function positionOf(primary: Db): Promise<Position> {
  const { rows } = await sql<Position>`select pg_current_wal_flush_lsn()::text as at, current_database() as database,
    (select system_identifier::text from pg_control_system()) as system`.execute(primary)
  const [row] = rows
  if (row === undefined) throw new Error('the primary does not say how far it is')
  return row
}

type Found = { readonly isSame: boolean; readonly hasAll: boolean; readonly seconds: number | null }

/** Waits until a server has got that far, or for so many milliseconds. */
async function follow(db: Db, { at, system, database }: Position, timeout: number): Promise<Found> {
  const until = performance.now() + timeout
  for (;;) {
    // After a failover the address may name the primary itself.
    const asked = sql<{ has_all: boolean | null; system: string; database: string; seconds: number | null }>`
      select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_flush_lsn() end
          >= ${at}::pg_lsn as has_all, current_database() as database,
        extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::int8 as seconds,
        (select system_identifier::text from pg_control_system()) as system`.execute(db)
    const { rows } = await answeredInTime(asked, CONNECTING)
    const [row] = rows
    const isSame = row?.system === system && row.database === database
    const hasAll = isSame && row.has_all === true
    if (hasAll || !isSame || performance.now() >= until) return { isSame, hasAll, seconds: row?.seconds ?? null }
    await sleep(CHECK_EVERY)
  }
}

function behind({ seconds }: Found): string {
  return seconds === null || seconds < 1 ? 'behind' : `${seconds} s behind`
}
