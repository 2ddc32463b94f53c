import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Connection } from '../../src/store/engine/engine.ts'
import { ownTables } from '../../src/store/engine/schema/own-tables.ts'
import { migratedDatabase } from '../support/migrated.ts'

const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')
const section = (page.split('## What each table is for')[1] ?? '').split('\n## ')[0] ?? ''
const rows = section.split('\n').flatMap(line => /^\| (`[^|]*`) *\|/.exec(line)?.[1] ?? [])
const described = rows.flatMap(row => [...row.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name))

let connection: Connection

beforeAll(async () => {
  connection = await migratedDatabase()
})

afterAll(() => connection.close())

it('docs/operating.md says of every table what it holds, and of none that is not there', async () => {
  const names = (await ownTables(connection.db)).map(({ name }) => name)

  expect(described.toSorted()).toEqual(names.toSorted())
})
