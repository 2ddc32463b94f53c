import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../../src/log.ts'
import { checkModel } from '../../src/model/load.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { renewClaim, takeClaim } from '../../src/store/claims/claims.ts'
import { voidServiceClaims } from '../../src/store/claims/instances.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { runAlone } from '../../src/work/schedule/run-alone.ts'
import { runDueSlots } from '../../src/work/schedule/schedule.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { at } from '../support/world.ts'

/** Two connections to one file stand for two processes. */
let folder: string
let service: Connection
let command: Connection

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rounds-alone-'))
  service = await migratedDatabase(`sqlite:${join(folder, 'rounds.db')}`)
  command = openDatabase(`sqlite:${join(folder, 'rounds.db')}`)
})

afterEach(async () => {
  await service.close()
  await command.close()
  rmSync(folder, { recursive: true, force: true })
})

const claims = () =>
  service.db.selectFrom('claims').select(['kind', 'name', 'holder']).where('holder', 'is not', null).execute()
const mine = { kind: 'job', name: 'scoring', holder: 'service:1' } as const
const theirs = { kind: 'job', name: 'scoring', holder: 'command:2' } as const
const lapse = () => bareOf(service).exec('update claims set until = until - 60000')

it('has one winner of a hundred that want the same job at once', async () => {
  const takes = Array.from({ length: 100 }, (_, n) =>
    takeClaim((n % 2 ? service : command).db, { kind: 'job', name: 'scoring', holder: `process ${n}` }),
  )

  expect((await Promise.all(takes)).filter(claim => claim !== undefined)).toHaveLength(1)
})

it('lets the next one in as soon as one is done, failed or not', async () => {
  await expect(
    runAlone(service.db, mine, 0, () => {
      throw new Error('broken')
    }),
  ).rejects.toThrow('broken')

  expect(await runAlone(command.db, theirs, 0, async () => 'done')).toEqual({ result: 'done' })
  expect(await claims()).toEqual([])
})

it('waits for the one that is at it, and gives up when that takes too long', async () => {
  await takeClaim(service.db, mine)

  expect(await runAlone(command.db, theirs, 150, async () => 'done')).toBeUndefined()
  expect(await claims()).toEqual([mine])
})

it('takes over from one that was killed, once its claim has lapsed', async () => {
  await takeClaim(service.db, mine)
  expect(await takeClaim(command.db, theirs)).toBeUndefined()
  lapse()

  expect(await takeClaim(command.db, theirs)).toEqual({ ...theirs, epoch: 2 })
})

it('takes over at once what an earlier service was at, when the next one starts', async () => {
  await takeClaim(service.db, mine)
  const command = { kind: 'job', name: 'digest:morning', holder: 'command:3' } as const
  await takeClaim(service.db, command)

  await voidServiceClaims(service.db)

  expect(await claims()).toEqual([command])
})

it('does not trust a claim from before the clock was set back by years', async () => {
  await takeClaim(service.db, mine)
  bareOf(service).exec('update claims set until = until + 100000000000')

  expect(await takeClaim(command.db, theirs)).toBeDefined()
})

it('lets a process that slept too long write nothing more', async () => {
  const { model } = checkModel(SMALL_MODEL)
  if (model === undefined) throw new Error('the model is valid')
  await saveAccounts(service.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)
  const slept = await takeClaim(service.db, mine)
  lapse()
  const awake = await takeClaim(command.db, theirs)
  if (slept === undefined || awake === undefined) throw new Error('both had their turn')
  const run = { model, at: at('2026-11-01T06:00'), newId: () => 'id', accounts: 'all', purpose: 'slot' } as const

  await expect(scoreAccounts(service, { ...run, claim: slept })).rejects.toThrow('Another process took over')
  expect(await service.db.selectFrom('scores').selectAll().execute()).toEqual([])
  await expect(renewClaim(command.db, awake)).resolves.toBeUndefined()
})

it('runs a slot once, and never twice at the same time, though two processes look at it at once', async () => {
  const timing = { schedule: '0 9 * * *', time_zone: 'UTC' }
  let [running, most, runs] = [0, 0, 0]
  const job = {
    name: 'job',
    timing,
    tooLate: () => undefined,
    run: async () => {
      running += 1
      runs += 1
      most = Math.max(most, running)
      await new Promise(resolve => setTimeout(resolve, 300))
      running -= 1
      return undefined
    },
  }
  const look = ({ db }: Connection, holder: string, time: string) =>
    runDueSlots({ db, log: silentLog, holder }, job, at(time))
  await look(service, 'a', '2026-11-01T08:00')

  await Promise.all([look(service, 'a', '2026-11-01T09:00'), look(command, 'b', '2026-11-01T09:00')])

  expect([runs, most]).toEqual([1, 1])
})
