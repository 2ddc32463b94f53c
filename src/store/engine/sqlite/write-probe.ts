import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type Sqlite from 'better-sqlite3'
import type { Instant } from '../../../domain/time/instant.ts'

/** Enough rows to need a few new pages, which a file that cannot grow does not get. */
const ROWS = 2_000

/** Writes a little to disk and deletes it again. Throws the database's error if that fails. */
export function probeWriting(sqlite: Sqlite.Database, now: Instant): void {
  const write = sqlite.transaction(() => {
    sqlite
      .prepare(
        `insert or replace into write_probe (id, at)
          with recursive ids(id) as (select 1 union all select id + 1 from ids where id < ${ROWS}) select id, ? from ids`,
      )
      .run(now)
    sqlite.prepare('delete from write_probe where id > 1').run()
  })
  write.immediate()
}

/** Free bytes where the database is; undefined if there is no disk, or it is unknown. */
export async function freeBytes(sqlite: Sqlite.Database): Promise<number | undefined> {
  if (sqlite.memory) return undefined
  try {
    const { bavail, bsize } = await statfs(dirname(sqlite.name))
    return bavail * bsize
  } catch {
    return undefined
  }
}
