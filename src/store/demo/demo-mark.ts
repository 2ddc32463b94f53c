import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { RECEIVED_AT } from '../engine/signals/signal-times.ts'
import { readMeta, saveMeta } from '../meta.ts'
import type { Db } from '../tables.ts'

/** What people and files add, but never the demo once it is made; of signals only the ends, since there are many. */
const BROUGHT_IN = [
  'select id, name from accounts order by id',
  'select a.id, t.attribute, t.known_from, t.value from account_attributes t join accounts a on a.key = t.account order by 1, 2, 3',
  'select email, name, role, manager, time_zone from people order by email',
  'select count(*) from signal_versions',
  `select count(*), max(${RECEIVED_AT}) as newest, sum(value) as total from signals`,
  'select id from comments order by id',
  'select id from pulses order by id',
  'select * from managed_digests order by 1',
  'select * from preferences order by 1, 2',
  'select * from ingest_tokens order by 1',
  'select account, on_day, kind from outcomes order by 1, 2, 3',
  'select * from retirements order by 1, 2',
  'select alert, person, verdict from alert_feedback order by 1, 2',
  'select * from muted_rules order by 1',
  'select id from alerts where claimed_by is not null or resolved_by is not null or wakes_on is not null order by id',
  "select id, state, note from tasks where state != 'open' or run is null order by id",
]

const NAME = 'demo'
const BEGUN = 'begun'

/** Notes that the demo is being made, in case that is interrupted. */
export async function markDemoBegun(db: Db): Promise<void> {
  await saveMeta(db, NAME, BEGUN)
}

/** Records what the file holds now that the demo is made. */
export async function markDemo(db: Db): Promise<void> {
  await saveMeta(db, NAME, await contentOf(db))
}

const EMPTY = ['accounts', 'people', 'ingest_tokens', 'managed_digests', 'preferences'] as const

/** Whether a file holds only the demo as it was made, or nothing: then deleting it loses nothing. */
export async function holdsOnlyDemo(db: Db): Promise<boolean> {
  const mark = await readMeta(db, NAME)
  if (mark === BEGUN) return !(await hasImports(db))
  if (mark !== undefined) return mark === (await contentOf(db))
  for (const table of EMPTY) {
    if ((await db.selectFrom(table).selectAll().limit(1).execute()).length > 0) return false
  }
  return true
}

/** Whether a file was imported, or a program let in. */
async function hasImports(db: Db): Promise<boolean> {
  const imports = db.selectFrom('audit').select('id').where('act', 'like', 'import.%')
  const tokens = db.selectFrom('ingest_tokens').select('id')
  return (await imports.limit(1).execute()).length > 0 || (await tokens.limit(1).execute()).length > 0
}

async function contentOf(db: Db): Promise<string> {
  const hash = createHash('sha256')
  for (const query of BROUGHT_IN) {
    const { rows } = await sql.raw<object>(query).execute(db)
    hash.update(JSON.stringify(rows.map(row => Object.values(row))))
  }
  return hash.digest('hex')
}
