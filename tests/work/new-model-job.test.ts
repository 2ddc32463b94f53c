import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Runtime } from '../../src/context.ts'
import { silentLog } from '../../src/log.ts'
import { checkModel } from '../../src/model/load.ts'
import { loadSettings, type Settings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { markDue } from '../../src/store/scoring/due-accounts.ts'
import { type RunningJobs, startJobs } from '../../src/work/schedule/jobs.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { at } from '../support/world.ts'

let connection: Connection
let settings: Settings
let jobs: RunningJobs | undefined

const withModel = (text: string): Settings => {
  const { model } = checkModel(text)
  if (model === undefined) throw new Error('the model is valid')
  return { ...loadSettings(undefined), model, modelText: text }
}

beforeEach(async () => {
  connection = await migratedDatabase()
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)
  settings = withModel(SMALL_MODEL)
})

afterEach(async () => {
  await jobs?.stop()
  jobs = undefined
  await connection.close()
})

const runtime = (): Runtime => ({
  connection,
  instance: 'test',
  clock: () => at('2026-11-01T08:00'),
  log: silentLog,
  newId: () => 'id',
  readSettings: async () => settings,
  platforms: [],
  chats: new Map(),
  wakeSender: () => {},
  plan: () => Promise.reject(new Error('nobody plans')),
  study: {
    backtest: () => Promise.reject(new Error('nobody asks')),
    trust: () => Promise.reject(new Error('nobody asks')),
    cancel: () => false,
    refit: () => Promise.resolve(),
  },
})

const activations = async () =>
  (await connection.db.selectFrom('model_activations').select('version').orderBy('id').execute()).map(
    ({ version }) => version,
  )

it('scores the accounts with news though the scoring under a new model fails, and records the model once it came through', async () => {
  const scored: string[] = []
  let isBroken = true
  jobs = startJobs(runtime(), {
    async score({ accounts }) {
      if (accounts === 'all' && isBroken) throw new Error('broken')
      scored.push(accounts)
      return 1
    },
    operator: 'dana',
  })
  await vi.waitFor(async () => expect(await activations()).toHaveLength(1), { timeout: 20_000 })
  const before = settings.model.version
  settings = withModel(SMALL_MODEL.replace('from: 70}', 'from: 75}'))
  await markDue(connection.db, 1)

  await vi.waitFor(() => expect(scored).toContain('due'), { timeout: 20_000 })
  expect(await activations()).toEqual([before])
  isBroken = false

  await vi.waitFor(async () => expect(await activations()).toEqual([before, settings.model.version]), {
    timeout: 20_000,
  })
  expect(scored).toContain('due')
})
