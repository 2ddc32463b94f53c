import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { lastingReasons } from '../../migrations/0024b-lasting-reasons.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'

it('takes out of stored reasons how near a renewal was, and leaves the others alone', async () => {
  const connection = openDatabase('sqlite::memory:')
  await migrate(connection)
  const { db } = connection
  const rows = [
    ['a', 'renewal_risk', 'Renews 2026-12-01, in 18 days. Usage fell 2.5 %. Twice'],
    ['b', 'renewal_risk', 'Usage fell'],
    ['c', 'at_risk', 'Renews 2026-12-01, in 18 days. Usage fell'],
  ]
  await sql`insert into accounts (key, id, name, folded_name) values (1, 'acme', 'Acme', 'acme')`.execute(db)
  for (const [id, kind, reason] of rows)
    await sql`insert into alerts (id, account, kind, state, opened_at, reason, resolved_at)
      values (${id}, 1, ${kind}, 'resolved', 1, ${reason}, 2)`.execute(db)

  await lastingReasons(db)

  const kept = await db.selectFrom('alerts').select(['id', 'reason']).orderBy('id').execute()
  expect(kept.map(({ reason }) => reason)).toEqual(['Usage fell 2.5 %. Twice', 'Usage fell', rows[2]?.[2]])
  connection.close()
})
