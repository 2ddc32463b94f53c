import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MIGRATIONS, type Migration } from '../../migrations/index.ts'
import { listAccounts } from '../../src/store/accounts/account-list.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'

let folder: string
let connection: Connection

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rounds-migrate-'))
  connection = openDatabase(`sqlite:${join(folder, 'rounds.db')}`)
})

afterEach(async () => {
  await connection.close()
  rmSync(folder, { recursive: true, force: true })
})

const versions = () => bareOf(connection).prepare('SELECT name FROM schema_versions ORDER BY name').pluck().all()
const tables = () => bareOf(connection).prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
const copies = () => readdirSync(folder).filter(name => name.includes('.before-'))

const notes: Migration = {
  name: '9000-notes',
  up: async db => {
    await db.schema.createTable('notes').addColumn('text', 'text').execute()
  },
}
const half: Migration = {
  name: '9001-half',
  up: async db => {
    await db.schema.createTable('half').addColumn('text', 'text').execute()
    throw new Error('cut short')
  },
}

it('waits for no writer where there is nothing to do', async () => {
  await migrate(connection)
  const reader = openDatabase(`sqlite:${join(folder, 'rounds.db')}`, { timeout: 1 })
  bareOf(connection).exec('begin immediate')

  await migrate(reader)

  bareOf(connection).exec('rollback')
  await reader.close()
})

it('brings a new file up to date, and changes nothing the second time', async () => {
  await migrate(connection)
  await migrate(connection)

  expect(versions()).toEqual(MIGRATIONS.map(({ name }) => name))
  expect(copies()).toEqual([])
})

it('keeps what stands in the database', async () => {
  await migrate(connection)
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)

  await migrate(connection, [...MIGRATIONS, notes])

  expect(await listAccounts(connection.db)).toMatchObject([{ id: 'acme' }])
})

it('copies the file before an upgrade, readable by its owner alone', async () => {
  await migrate(connection)
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)

  await migrate(connection, [...MIGRATIONS, notes])

  expect(copies()).toEqual(['rounds.db.before-9000-notes'])
  const path = join(folder, 'rounds.db.before-9000-notes')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const copy = openDatabase(`sqlite:${path}`)
  await migrate(copy)
  expect(await listAccounts(copy.db)).toMatchObject([{ id: 'acme' }])
  await copy.close()
})

it('leaves nothing behind of a step that fails, and takes it again once it is fixed', async () => {
  await migrate(connection)

  await expect(migrate(connection, [...MIGRATIONS, notes, half])).rejects.toThrow('cut short')
  expect(tables()).not.toContain('half')
  expect(versions()).toContain('9000-notes')
  expect(versions()).not.toContain('9001-half')

  await migrate(connection, [...MIGRATIONS, notes, { ...notes, name: '9001-half', up: async () => {} }])
  expect(versions()).toContain('9001-half')
})

it('refuses a database of a newer version with a sentence, and leaves it as it is', async () => {
  await migrate(connection, [...MIGRATIONS, notes])

  await expect(migrate(connection)).rejects.toThrow(
    'This database was written by a newer version of Rounds (it knows "9000-notes").',
  )
  expect(versions()).toContain('9000-notes')
})

const newest = Number.parseInt(MIGRATIONS.at(-1)?.name ?? '', 10)

it('works on a database of a newer version that says that this one may, and changes nothing there', async () => {
  await migrate(connection)
  await migrate(connection, [...MIGRATIONS, { ...notes, oldestReader: newest }])
  const before = tables()

  await migrate(connection)
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)

  expect(tables()).toEqual(before)
  expect(versions()).toContain('9000-notes')
})

it.each([
  ['says that only a newer one than this may', { ...notes, oldestReader: newest + 1 }],
  ['does not say who may', notes],
])('refuses one that %s, whatever those beside it say', async (_, migration) => {
  await migrate(connection, [...MIGRATIONS, migration, { ...notes, name: '9002', up: async () => {}, oldestReader: 1 }])

  await expect(migrate(connection)).rejects.toMatchObject({ code: 'newer_database' })
})

it('can be upgraded while an older version that may go on is at work, and by whichever of the two comes last', async () => {
  const old = openDatabase(`sqlite:${join(folder, 'rounds.db')}`)
  await migrate(old)

  await migrate(connection, [...MIGRATIONS, { ...notes, oldestReader: newest }])
  await saveAccounts(old.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)
  await migrate(old)

  expect(await listAccounts(connection.db)).toMatchObject([{ id: 'acme' }])
  await old.close()
})
