import { expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { voidFuture } from '../../src/store/schedule/clock-faults.ts'
import { recordSlot } from '../../src/store/schedule/schedules.ts'
import { voidFutureScores } from '../../src/store/scoring/future-scores.ts'
import { openTestDatabase } from '../support/test-database.ts'

const NOW = Date.parse('2026-11-02T08:00:00Z')

it('what a clock that ran ahead dated in the future is void, and what has no time yet keeps none', async () => {
  const { db, close } = await openTestDatabase()
  await recordSlot(db, 'scoring', NOW + DAY, { state: 'done' }, NOW + DAY)
  await db
    .insertInto('muted_rules')
    .values({ kind: 'at_risk', muted_since: NOW + DAY, restored_at: null })
    .execute()
  await db
    .insertInto('model_activations')
    .values({ version: 'v', at: NOW + DAY, by_whom: 'ana' })
    .execute()

  expect(await voidFuture(db, NOW)).toEqual({ slots: 1, rules: 1, 'models in use': 1 })
  await voidFutureScores(db, NOW)

  expect(await db.selectFrom('model_activations').select('at').execute()).toEqual([{ at: NOW }])
  expect(await db.selectFrom('muted_rules').selectAll().execute()).toEqual([
    { kind: 'at_risk', muted_since: NOW, restored_at: null },
  ])
  expect(await voidFuture(db, NOW)).toEqual({})
  await close()
})
