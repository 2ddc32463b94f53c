import { afterEach, beforeEach, expect, it } from 'vitest'
import { retirementOrNone } from '../../src/store/accounts/customers.ts'
import { listOutcomes } from '../../src/store/outcomes/outcomes.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { answered, askAlone, smallCompany } from '../support/small-company.ts'
import type { World } from '../support/world.ts'

let world: World
let dana: User
let victor: User
let boss: User
let room: Channel

beforeEach(async () => {
  ;({ world, dana, victor, boss, room } = await smallCompany())
  await world.start()
})

afterEach(() => world.close())

const ask = (user: User, words: string) => askAlone(world.slack, user, `/health outcome ${words}`, room)
const stored = async () =>
  (await listOutcomes(world.connection.db)).map(({ on, kind, reasonCode }) => [on, kind, reasonCode])

it('records what happened, once, and keeps who said so', async () => {
  const first = await ask(dana, 'acme churned --on 2026-10-01 --reason price')
  const again = await ask(dana, 'acme churned —on 2026-10-01 —reason price')

  expect(first).toContain('Recorded: Acme churned on 2026-10-01, because of price.')
  expect(again).toContain('nothing changed')
  expect(await stored()).toEqual([['2026-10-01', 'churned', 'price']])
  expect(await askAlone(world.slack, boss, '/health audit acme', room)).toContain(
    'dana@ours.example: outcome.record: churned on 2026-10-01: price',
  )
})

it('keeps several for one account and lists them, newest first', async () => {
  await ask(dana, 'acme churned --on 2026-05-01')
  await ask(dana, 'acme renewed --on 2026-09-01')

  const shown = await ask(dana, 'acme')

  expect(shown.indexOf('Renewed')).toBeLessThan(shown.indexOf('Churned'))
  expect(shown).toContain('2026-05-01')
})

it('says that the worse of two kinds on one day counts', async () => {
  await ask(dana, 'acme renewed --on 2026-10-01')

  const shown = await ask(dana, 'acme contracted --on 2026-10-01')

  expect(shown).toContain('That day also has renewed: the worst one counts.')
})

it('retires a churned account only if somebody says so', async () => {
  const churned = () => world.slack.command(dana, '/health outcome acme churned --on 2026-10-01', room)
  const offer = await answered(world.slack, dana, churned)
  const key = (await listOutcomes(world.connection.db))[0]?.account ?? 0
  expect(await retirementOrNone(world.connection.db, key)).toBeUndefined()

  await world.slack.press(dana, offer, { action: 'retire', value: 'acme 2026-10-01' })
  await world.slack.until(() => world.slack.ephemerals(dana).find(({ shown }) => shown.includes('Acme is retired.')))

  expect(await retirementOrNone(world.connection.db, key)).toEqual({
    since: Date.UTC(2026, 9, 1),
    reason: 'it churned',
  })
})

it('takes back what was recorded by mistake', async () => {
  await ask(dana, 'acme churned --on 2026-10-01')

  expect(await ask(dana, 'acme remove --on 2026-10-01')).toContain('is removed')
  expect(await ask(dana, 'acme remove --on 2026-10-01')).toContain('Nothing is recorded of Acme on 2026-10-01.')
  expect(await stored()).toEqual([])
})

it.each([
  ['acme churned --on 2026-11-03', '2026-11-03 is in the future.'],
  ['acme churned --on soon', '"soon" is not a valid day.'],
  ['acme churned --wen 2026-10-01', 'I did not understand'],
  ['acme --on 2026-10-01', 'What happened to "acme"?'],
  ['nobody churned', 'There is no account called "nobody".'],
  ['', 'Which account?'],
])('answers "%s" in a sentence and records nothing', async (words, sentence) => {
  expect(await ask(dana, words)).toContain(sentence)
  expect(await stored()).toEqual([])
})

it('records nothing for a viewer', async () => {
  expect(await ask(victor, 'acme churned')).toContain('To record an outcome you need the role csm')
  expect(await stored()).toEqual([])
})
