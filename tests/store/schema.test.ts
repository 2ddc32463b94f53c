import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'

it('is on SQLite what it was to the letter before the migrations learned of PostgreSQL', async () => {
  const connection = openDatabase('sqlite::memory:')
  await migrate(
    connection,
    MIGRATIONS.filter(({ name }) => name <= '0028-snooze-days'),
  )
  const rows = bareOf(connection).prepare<[], string>(
    'select sql from sqlite_schema where sql is not null order by rowid',
  )

  expect(rows.pluck().all().join(';\n')).toBe(readFileSync('tests/store/schema-0028.sql', 'utf8').trimEnd())
  await connection.close()
})
