import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { doctor } from '../../src/cli/admin/doctor.ts'
import type { Verb } from '../../src/cli/shell.ts'
import { importVerb } from '../../src/cli/sources/import.ts'
import { sentimentOf } from '../../src/ingest/comments/sentiment.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { platforms } from '../../src/platforms.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { userIdsOf } from '../../src/store/people/platform-users.ts'
import { settle } from '../support/alert-world.ts'
import { runVerb } from '../support/csv-import.ts'
import { createMadeUp } from '../support/made-up-platform.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { until } from '../support/until.ts'
import { createWorld, type World } from '../support/world.ts'

/** A platform that `src` has never heard of does all that the others do, by registering its one module. */
let world: World
let madeUp: ReturnType<typeof createMadeUp>
const registered = () => [...platforms, madeUp.platform]

beforeEach(async () => {
  madeUp = createMadeUp()
  world = await createWorld({
    now: '2026-11-01T05:00',
    platforms: [],
    registered: registered(),
    environment: madeUp.environment,
    files: { 'model.yaml': SMALL_MODEL, 'routes.yaml': 'routes: [{alerts: [at_risk], to: [owner]}]' },
  })
  await world.has({
    accounts: [{ id: 'acme', name: 'Acme', owner: 'dana@ours.example' }],
    signals: signalsOf('acme', 36, '2026-10-01'),
  })
  await importPeople('dana@ours.example,Dana,csm,box-7\nboss@ours.example,Boss,admin,box-1')
})

afterEach(() => world.close())

async function run(verb: Verb, ...words: string[]) {
  const connection = openDatabase(world.databaseUrl)
  await migrate(connection)
  const here = { platforms: registered(), settings: () => loadSettings(world.folder), environment: {} }
  const said = await runVerb((program, shell) => verb(program, { ...shell, ...here }), connection, world.now, words)
  await connection.close()
  return said
}

function importPeople(rows: string, ...options: string[]) {
  const file = join(world.folder, 'people.csv')
  writeFileSync(file, `email,name,role,made_up_id\n${rows}\n`)
  return run(importVerb, 'import', 'people', file, ...options)
}

const startAt = async (time: string) => {
  await world.stop()
  world.passTo(time)
  await world.start()
  await world.tick()
}

const live = async (time: string) => {
  await startAt(time)
  await settle(world)
}

const acmeFalls = async () => {
  await live('2026-11-01T06:00:05')
  await world.has({ signals: ['acme active_users 2 2026-11-01T20:00', 'acme nps -100 2026-11-01T20:00'] })
  await startAt('2026-11-02T06:00:05')
}

it('people.csv has a column for the ids that people have there', async () => {
  const dana = 'dana@ours.example,Dana,csm,box-8'
  expect((await importPeople(dana, '--dry-run')).stdout).toContain('1 changed')

  const { stderr, stdout } = await importPeople(dana)

  expect(stdout).toContain('1 changed')
  expect(stderr).toBe('')
  const connection = openDatabase(world.databaseUrl)
  expect(await userIdsOf(connection.db, 'dana@ours.example')).toEqual({ made_up: 'box-8' })
  await connection.close()
})

it('an alert reaches its owner there in a direct message', async () => {
  await acmeFalls()
  await settle(world)

  expect(madeUp.lettersTo('box-7')).toEqual([expect.stringContaining('Acme: At risk')])
})

it('somebody who asks there is known by their id, and answered', async () => {
  await live('2026-11-01T06:00:05')

  await madeUp.ring(world.port, 'box-7', 'acme')

  expect(madeUp.lettersTo('box-7').at(-1)).toContain('94 · Healthy')
})

it('its welcome says how Rounds is asked there', async () => {
  await live('2026-11-01T06:00:05')

  await madeUp.ring(world.port, 'box-7')

  const [welcome] = madeUp.lettersTo('box-7')
  expect(welcome).toContain('Dana, csm')
  expect(welcome).toContain('Ring the bell and say the name of an account.')
})

it('what cannot be delivered gets its remedy in its own words, for admins and for the doctor', async () => {
  madeUp.nailUp('box-7')
  await acmeFalls()

  const note = await until(() => madeUp.lettersTo('box-1').at(0))
  expect(note).toContain('made_up:@dana@ours.example: box_nailed_up.')
  expect(note).toContain('Write the number of the box of dana@ours.example into people.csv, as made_up_id.')
  await world.stop()
  const { stdout } = await run(doctor, 'doctor')
  expect(stdout).toContain('Write the number of the box of dana@ours.example into people.csv, as made_up_id.')
})

it('what it puts around mentions is not heard in a comment', () => {
  expect(sentimentOf('[[Great Excellent Love]] this is bad', registered())).toBeLessThan(-0.2)
})

it('the doctor knows what its examples have in place of a key', async () => {
  const environment = { MADE_UP_KEY: 'my-own-key' }

  const { stdout } = await run((program, shell) => doctor(program, { ...shell, environment }), 'doctor')

  expect(stdout).toContain(`MADE_UP_KEY still has the example's "my-own-key".`)
})

it('settings may name its channels, and those of no platform that there is not', () => {
  const routes = (to: string) => world.writeSettings({ 'routes.yaml': `routes: [{to: ["${to}"]}]` })
  const load = () =>
    loadSettings(
      world.folder,
      registered().map(({ name }) => name),
    )
  routes('made_up:hall')
  expect(load().routes.routes[0]?.to).toEqual([{ platform: 'made_up', channel: 'hall' }])

  routes('made_down:hall')
  expect(load).toThrow('"made_down:hall" is not a valid destination. Write platform:channel; the platforms are')
})
