import { sql } from 'kysely'
import type { Instant } from '../../../domain/time/instant.ts'
import type { Db } from '../../tables.ts'

/** Writes a little. Throws what the server says to that. */
export async function probeWriting(db: Db, at: Instant): Promise<void> {
  await db
    .insertInto('write_probe')
    .values({ id: 1, at })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ at }))
    .execute()
  await probeRoom(db)
}

/** That was written where the row had been, which a full disk allows. This takes half a megabyte of it for a moment. */
async function probeRoom(db: Db): Promise<void> {
  await db.transaction().execute(async db => {
    await sql`select set_config('work_mem', '64kB', true), set_config('temp_tablespaces', '', true)`.execute(db)
    await sql`select count(*) from generate_series(1, 20000)`.execute(db)
  })
}
