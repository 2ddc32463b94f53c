import { afterEach, beforeEach, expect, it } from 'vitest'
import { findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import { saveOutcomes } from '../../src/store/outcomes/outcomes.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { answered, askAlone, smallCompany } from '../support/small-company.ts'
import type { World } from '../support/world.ts'

let world: World
let dana: User
let boss: User
let room: Channel

beforeEach(async () => {
  ;({ world, dana, boss, room } = await smallCompany({}, '2026-12-31T08:00'))
  await world.start()
})

afterEach(() => world.close())

const reviews = () => world.slack.dms(boss).filter(({ shown }) => shown.includes('Quarterly review'))

async function record() {
  const { db } = world.connection
  const account = (await findAccountKeys(db)).get('acme') ?? 0
  await saveOutcomes(db, [{ account, kind: 'churned', on: '2026-12-20', source: 'test', recordedAt: world.now }])
}

async function nextQuarter() {
  await world.tick()
  world.passTo('2027-01-01T09:00:10')
  await world.tick()
}

it('reaches the admins once a quarter, and says what it lacks', async () => {
  await record()

  await nextQuarter()
  await world.tick()
  const [review] = await world.slack.until(() => (reviews().length > 0 ? reviews() : undefined))

  expect(review?.shown).toContain('Quarterly review, 2027-Q1')
  expect(review?.shown).toContain('not enough outcomes yet')
  expect(review?.shown).toContain('This is the first review')
  expect(reviews()).toHaveLength(1)
})

it('is done with one press, by an admin, once', async () => {
  await record()
  await nextQuarter()
  const [review] = await world.slack.until(() => (reviews().length > 0 ? reviews() : undefined))
  if (review === undefined) throw new Error('no review')
  const press = (user: User) =>
    answered(world.slack, user, () => world.slack.press(user, review, { action: 'review-done', value: '2027-Q1' }))

  expect((await press(boss)).shown).toContain('The review of 2027-Q1 is done.')
  expect((await press(boss)).shown).toContain('boss@ours.example marked the review of 2027-Q1 as done already.')
})

it('says in chat what outcomes say of the score, and when there are too few', async () => {
  await record()

  expect(await askAlone(world.slack, dana, '/health backtest 60d last 20', room)).toContain(
    'Too few outcomes: 1 of the 40 needed',
  )
  expect(await askAlone(world.slack, dana, '/health backtest soon', room)).toContain('I did not understand "soon".')
  expect(await askAlone(world.slack, dana, '/health trust', room)).toContain('Two thirds of those who left')
  expect(await askAlone(world.slack, dana, '/health model', room)).toContain('/health trust looks again')
})

it('tells what was said before an account left, or that nothing is known of it', async () => {
  expect(await askAlone(world.slack, dana, '/health postmortem acme', room)).toContain('No outcome of Acme is recorded')
  await record()

  const shown = await askAlone(world.slack, dana, '/health postmortem acme', room)

  expect(shown).toContain('Acme churned on 2026-12-20')
  expect(shown).toContain('30 days before')
  expect(shown).toContain('No alert was raised in the year before')
})
