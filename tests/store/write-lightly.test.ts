import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

it('waits for another writer without holding up the loop, and is on the disk in the end', async () => {
  const folder = mkdtempSync(join(temporaryFolder(), 'rounds-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'rounds.db')
  const connection = openDatabase(`sqlite:${file}`)
  onTestFinished(connection.close)
  await migrate(connection)
  const other = new Sqlite(file)
  onTestFinished(() => void other.close())
  other.exec('begin immediate')

  const written = connection.engine.writeLightly(connection.db, db =>
    db.insertInto('meta').values({ name: 'light', value: '1' }).execute(),
  )
  setTimeout(() => other.exec('commit'), 50)
  await (await written).onDisk()

  expect(other.prepare("select value from meta where name = 'light'").pluck().get()).toBe('1')
  const bare = bareOf(connection)
  expect([bare.pragma('synchronous', { simple: true }), bare.pragma('busy_timeout', { simple: true })]).toEqual([
    2, 5_000,
  ])
})
