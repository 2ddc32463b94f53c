import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadSettings } from '../../src/model/settings.ts'
import { type ScoringThread, scoringThread } from '../../src/threads/scoring-thread.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { fill, modelOf, NOW, OUTCOME_MODEL, SCORING, simulate } from '../support/outcome-world.ts'

const SCRIPT = new URL('../../src/threads/scoring-worker.ts', import.meta.url)
const BACKTEST = { model: modelOf(OUTCOME_MODEL), scoring: SCORING, leadDays: 90, now: NOW }
const ACCOUNTS = 400

let folder: string
let thread: ScoringThread

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rounds-looking-'))
  writeFileSync(join(folder, 'model.yaml'), OUTCOME_MODEL)
  const databaseUrl = `sqlite:${join(folder, 'rounds.db')}`
  const connection = await migratedDatabase(databaseUrl)
  await fill(
    connection,
    simulate(ACCOUNTS, () => 0.5),
  )
  await connection.close()
  thread = scoringThread(databaseUrl, SCRIPT)
})

afterEach(async () => {
  await thread.stop()
  rmSync(folder, { recursive: true })
})

/** A backtest that has begun, and how far it is. */
async function begun(id: string) {
  const seen = { accounts: 0, done: 0, waited: 0 }
  let result: ReturnType<typeof thread.study.backtest> | undefined
  await new Promise<void>(resolve => {
    result = thread.study.backtest(BACKTEST, {
      id,
      wait: () => {
        seen.waited += 1
      },
      begin: accounts => {
        seen.accounts = accounts
      },
      advance: accounts => {
        seen.done += accounts
        resolve()
      },
    })
  })
  if (result === undefined) throw new Error('it did not begin')
  return { seen, result }
}

it('says how far a backtest is, and lets a scoring go first', async () => {
  const { routes, model } = loadSettings(folder)
  await thread.isSound()
  const { seen, result } = await begun('one')

  const scored = await thread.score({ model, routes, at: NOW, accounts: 'all', purpose: 'now' })
  const doneThen = seen.done
  const { backtest } = await result

  expect(scored).toBe(ACCOUNTS)
  expect(doneThen).toBeLessThan(ACCOUNTS)
  expect(seen).toEqual({ accounts: ACCOUNTS, done: ACCOUNTS, waited: 0 })
  expect(backtest.bad + backtest.good).toBe(ACCOUNTS)
})

it('ends one in the middle, and one that has not begun', async () => {
  const { seen, result } = await begun('one')
  const ended = expect(result).rejects.toMatchObject({ code: 'cancelled' })
  let waited = false
  const next = thread.study.trust(BACKTEST, {
    id: 'two',
    wait: () => {
      waited = true
    },
  })
  const endedToo = expect(next).rejects.toMatchObject({ code: 'cancelled' })

  expect([thread.study.cancel('two'), thread.study.cancel('one'), thread.study.cancel('one')]).toEqual([
    true,
    true,
    false,
  ])

  await Promise.all([ended, endedToo])
  expect(waited).toBe(true)
  expect((await thread.study.trust(BACKTEST)).churned).toBeGreaterThan(0)
  expect(seen.done).toBeLessThan(ACCOUNTS)
})
