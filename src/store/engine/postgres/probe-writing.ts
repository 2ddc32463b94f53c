import { sql } from 'kysely'
import type { Instant } from '../../../domain/time/instant.ts'
import type { Db } from '../../tables.ts'

/** Writes a little. Throws the server's error if that fails. */
export async function probeWriting(db: Db, at: Instant): Promise<void> {
  await db
    .insertInto('write_probe')
    .values({ id: 1, at })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ at }))
    .execute()
  await probeRoom(db)
}

/** A row that is written again may find room on a full disk. This takes half a megabyte of the disk for a moment. */
async function probeRoom(db: Db): Promise<void> {
  await db.transaction().execute(async db => {
    await sql`select set_config('work_mem', '64kB', true), set_config('temp_tablespaces', '', true)`.execute(db)
    await sql`select count(*) from generate_series(1, 20000)`.execute(db)
  })
}
