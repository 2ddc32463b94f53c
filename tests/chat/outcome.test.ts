import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

it('shows a note to colleagues, and leaves it out where others read along', async () => {
  await ask(dana, 'acme churned --on 2026-10-01 --reason price --note "Their new CFO"')

  const alone = await ask(dana, 'acme')
  await world.slack.mention(dana, room, 'outcome acme')
  const listed = await world.slack.until(() =>
    world.slack.messages(room).find(({ shown }) => shown.includes('Outcomes: Acme')),
  )

  expect(alone).toContain('Their new CFO')
  expect(listed.shown).toContain('price')
  expect(listed.shown).not.toContain('CFO')
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

describe('the form', () => {
  const open = async (user: User) => {
    const listed = await answered(world.slack, user, () => world.slack.command(user, '/health outcome acme', room))
    await world.slack.press(user, listed, 'Record an outcome')
    return world.slack.until(() => world.slack.modal(user))
  }

  it('records what happened, on a day of the calendar, and retires if told so', async () => {
    const form = await open(dana)

    await world.slack.submit(dana, form, { kind: 'churned', on: '2026-10-01', reason: 'price', retire: ['yes'] })

    await world.slack.until(() => form.shown.includes('Acme is retired.'))
    expect(await stored()).toEqual([['2026-10-01', 'churned', 'price']])
    const key = (await listOutcomes(world.connection.db))[0]?.account ?? 0
    expect(await retirementOrNone(world.connection.db, key)).toMatchObject({ since: Date.UTC(2026, 9, 1) })
  })

  it('retires nobody by itself, and offers it', async () => {
    const form = await open(dana)

    await world.slack.submit(dana, form, { kind: 'churned', on: '2026-10-01' })

    await world.slack.until(() => form.shown.includes('Retire it too?'))
  })

  it('says beside the field what is wrong, and keeps nothing', async () => {
    const form = await open(dana)

    await world.slack.submit(dana, form, { kind: 'renewed', on: '2026-12-24' })
    expect(JSON.stringify(form.errors)).toContain('2026-12-24 is in the future.')
    await world.slack.submit(dana, form, { kind: 'renewed', on: '2026-10-01', arr: 'much' })
    expect(JSON.stringify(form.errors)).toContain('Write an amount such as 12000.')
    await world.slack.submit(dana, form, { kind: 'renewed', on: '2026-10-01', retire: ['yes'] })
    expect(JSON.stringify(form.errors)).toContain('Only a customer that churned is no longer one.')
    expect(await stored()).toEqual([])
  })
})

it('stands in the timeline, with who said it', async () => {
  await ask(dana, 'acme churned --on 2026-10-01 --reason price --arr 12000 --note "They moved to Globex"')

  const shown = await askAlone(world.slack, dana, '/health timeline acme', room)

  expect(shown).toContain('2026-10-01')
  expect(shown).toContain('Churned, because of price, ARR 12K: They moved to Globex, Dana')
})
