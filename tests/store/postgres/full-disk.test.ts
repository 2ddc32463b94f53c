import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { storageTrouble } from '../../../src/ingest/storage-trouble.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { migrate } from '../../../src/store/engine/schema/migrate.ts'
import { startServer } from '../../support/postgres-server.ts'
import { onServer } from '../../support/test-database.ts'

/** A database on a disk of 40 MB, where the tests may mount one. */
let server: Awaited<ReturnType<typeof startServer>>
let disk: string
let isMounted: boolean
let connection: Connection

beforeEach(async () => {
  const folder = join(tmpdir(), `rounds-full-${randomUUID()}`)
  disk = `${folder}-disk`
  mkdirSync(disk)
  isMounted = mounts(disk)
  if (!isMounted) return
  server = await startServer(folder)
  const { uid, gid } = statSync(folder)
  chownSync(disk, uid, gid)
  await onServer(server.url, `create tablespace small location '${disk}'`)
  await onServer(server.url, 'create database rounds tablespace small')
  connection = openDatabase(new URL('rounds', server.url).href)
  await migrate(connection)
})
afterEach(async () => {
  if (!isMounted) return
  await connection.close()
  await server.stop()
  execFileSync('umount', [disk])
})

function mounts(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const saidOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    error => storageTrouble(error)?.sentence ?? `a bug: ${error}`,
  )

it('is found full, though what changes in its place can still be written, and has room again', async ({ skip }) => {
  if (!isMounted) skip('no disk may be mounted here')
  const { db, engine } = connection
  const probe = () => saidOf(engine.probeWriting(db, 0))
  const rename = () => saidOf(db.updateTable('write_probe').set({ at: 1 }).execute())
  const fill = (rows: number) =>
    saidOf(sql`insert into filler select repeat('x', 1000) from generate_series(1, ${rows}::int)`.execute(db))
  await sql`create table filler (text text)`.execute(db)
  expect(await probe()).toBe('nothing')
  for (const rows of [1_000, 1]) while ((await fill(rows)) === 'nothing');

  expect([await rename(), await probe()]).toEqual(['nothing', 'The disk of the database is full.'])
  await sql`drop table filler`.execute(db)

  expect(await probe()).toBe('nothing')
})
