import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import type { Db } from '../../../src/store/tables.ts'
import { createPostgres } from '../../support/test-database.ts'

const write = (db: Db) => db.insertInto('meta').values({ name: 'mine', value: '1' }).execute()

async function setting(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ setting: string }>`select current_setting('synchronous_commit') as setting`.execute(db)
  return rows[0]?.setting
}

async function open() {
  const { url, remove } = await createPostgres()
  const connection = openDatabase(url, { connections: 1 })
  onTestFinished(async () => {
    await connection.close()
    await remove()
  })
  return connection
}

it('waits for no disk by itself, and for the disk where it is asked to', async () => {
  const { db, engine } = await open()

  const { result, onDisk } = await engine.writeLightly(db, async db => {
    await write(db)
    const { rows } = await sql<{ at: string }>`select pg_current_wal_insert_lsn()::text as at`.execute(db)
    return { at: rows[0]?.at, setting: await setting(db) }
  })
  expect(result.setting).toBe('off')
  expect(await setting(db)).toBe('on')
  await onDisk()

  const { rows } = await sql`select pg_current_wal_flush_lsn() >= ${result.at}::pg_lsn as is_there`.execute(db)
  expect(rows).toEqual([{ is_there: true }])
})

it('is taken back whole where it fails', async () => {
  const { db, engine } = await open()

  const failed = engine.writeLightly(db, async db => {
    await write(db)
    await write(db)
  })

  await expect(failed).rejects.toThrow('duplicate key')
  expect(await db.selectFrom('meta').select('name').where('name', '=', 'mine').execute()).toEqual([])
})
