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
    const { rows } = await sql<{ at: string; setting: string }>`insert into meta values ('mine', '1')
      returning pg_current_wal_insert_lsn()::text as at, current_setting('synchronous_commit') as setting`.execute(db)
    return rows[0]
  })
  expect(result?.setting).toBe('off')
  expect(await setting(db)).toBe('on')
  await onDisk()

  const { rows } = await sql`select pg_current_wal_flush_lsn() >= ${result?.at}::pg_lsn as is_there`.execute(db)
  expect(rows).toEqual([{ is_there: true }])
})

it('that fails says why, and whoever writes next is not held up', async () => {
  const { db, engine } = await open()
  await engine.writeLightly(db, write)

  await expect(engine.writeLightly(db, write)).rejects.toThrow('duplicate key')

  await engine.writeLightly(db, db => db.updateTable('meta').set({ value: '2' }).where('name', '=', 'mine').execute())
  expect(await db.selectFrom('meta').select('value').where('name', '=', 'mine').execute()).toEqual([{ value: '2' }])
})

it('is there for everybody once it has an answer', async () => {
  const { db, engine } = await open()

  await engine.writeLightly(db, write)

  expect(await db.selectFrom('meta').select('value').where('name', '=', 'mine').execute()).toEqual([{ value: '1' }])
})
