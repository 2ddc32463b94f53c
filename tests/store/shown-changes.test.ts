import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { shownChanges } from '../../migrations/0087-shown-changes.ts'
import { openTestDatabase } from '../support/test-database.ts'

it.each([
  [26.2, -34.4, -35],
  [26.6, -34, -34],
  [60.5, 0.1, 1],
  [40, null, null],
])('a score of %f that changed by %f is kept with the change that people see: %d', async (score, change, kept) => {
  const { db, close } = await openTestDatabase()
  await sql`insert into accounts (key, id, name, folded_name) values (1, 'acme', 'Acme', 'acme')`.execute(db)
  await sql`insert into models (key, version, name, first_used_at) values (1, 'v', 'm', 0)`.execute(db)
  await sql`insert into current_status (account, at, score, shown, verdict, coverage, change_30d, reason, model,
      has_sharp_drop, expansion_ready)
    values (1, 0, ${score}, ${Math.floor(score + 0.5)}, 'at_risk', 1, ${change}, '', 1, 0, 0)`.execute(db)

  await shownChanges(db)

  const { change_30d } = await db.selectFrom('current_status').select('change_30d').executeTakeFirstOrThrow()
  expect(change_30d).toBe(kept)
  await close()
})
