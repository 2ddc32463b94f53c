import { afterEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld } from '../support/alert-world.ts'

let world: AlertWorld

afterEach(() => world.close())

const names = Array.from({ length: 30 }, (_, n) => ({ id: `a${n}`, name: `A${n}` }))

/** Scores as the service would have stored them; the first twelve have a play on 1 October, the next twelve have not. */
async function hasFared() {
  const { db } = world.connection
  const { model } = await db.selectFrom('scores').select('model').executeTakeFirstOrThrow()
  const accounts = await db.selectFrom('accounts').select('key').orderBy('key').execute()
  for (const [n, { key }] of accounts.entries()) {
    const isFalling = n < 24
    const days = [
      ['2026-09-01', isFalling ? 70 : 35],
      ['2026-10-01', 35],
      ['2026-10-31', n < 12 ? 50 : n < 24 ? 44 : 90],
    ] as const
    for (const [day, score] of days) await store(key, model, day, score)
    if (n < 12) await begin(key, n)
  }

  function store(account: number, model: number, day: string, score: number) {
    const at = Date.parse(`${day}T06:00Z`)
    const row = { account, day, at, model, score, shown: score, band: 'at_risk', verdict: 'at_risk', coverage: 1 }
    return db
      .insertInto('scores')
      .values({ ...row, origin: 'scheduled', segment: null, has_sharp_drop: 0, expansion_held: 0, expansion_ready: 0 })
      .execute()
  }

  function begin(account: number, n: number) {
    const run = {
      id: `run-${n}`,
      playbook: 'recovery',
      label: 'Recovery plan',
      account,
      alert: null,
      cause: 'fall:level',
    }
    const started_at = Date.parse('2026-10-01T06:00Z')
    return db
      .insertInto('playbook_runs')
      .values({ ...run, started_at, shown: 35, announced_at: started_at })
      .execute()
  }
}

it('says how accounts with a play fared, next to others that fell as they did', async () => {
  world = await createAlertWorld({ accounts: names })
  await hasFared()

  await world.slack.command(world.victor, '/health playbooks', world.room)
  const { shown } = await world.slack.until(() => world.slack.ephemerals(world.victor).at(0))

  expect(shown).toContain('Recovery plan')
  expect(shown).toContain('started 12 times')
  expect(shown).toContain('Median change with the play +15 (12 runs), without +9 (12 similar accounts).')
  expect(shown).toContain('Beware of regression to the mean')
})
