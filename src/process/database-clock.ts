import type { Clock } from '../clock.ts'
import type { Instant } from '../domain/time/instant.ts'
import { readDatabaseNow } from '../store/engine/database-now.ts'
import type { Db } from '../store/tables.ts'

const CHECK_EVERY = 60_000

/** A smaller difference is put down to the time that the query took. */
const LEEWAY = 1_000

/**
 * The clock of the database, so that instances on several machines agree on what is due: this machine's clock, plus how
 * far ahead the database was when last asked.
 */
export async function databaseClock(db: Db, own: Clock): Promise<{ readonly clock: Clock; stop(): void }> {
  let ahead = await howFarAhead(db, own)
  const look = async () => {
    ahead = await howFarAhead(db, own)
  }
  // While the database does not answer, the last difference counts.
  const timer = setInterval(() => look().catch(() => {}), CHECK_EVERY)
  return { clock: () => own() + ahead, stop: () => clearInterval(timer) }
}

async function howFarAhead(db: Db, own: Clock): Promise<number> {
  const asked: Instant = own()
  const now = await readDatabaseNow(db)
  const ahead = Math.round(now - (asked + own()) / 2)
  return Math.abs(ahead) < LEEWAY ? 0 : ahead
}
