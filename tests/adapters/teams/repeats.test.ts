import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Thing } from '../../support/thing.ts'
import { type GuardedBot, SERVICE_URL, startGuardedBot } from './guarded-bot.ts'

let bot: GuardedBot
beforeEach(async () => {
  bot = await startGuardedBot()
})
afterEach(() => bot.stop())

const send = (body: Thing) => bot.teams.send(body, bot.teams.tokens.make(SERVICE_URL))

it('acts once on a press that is sent again before the first is answered, and gives both the same answer', async () => {
  const press = bot.press()

  const answers = await Promise.all([send(press), send(press), send(press)])

  expect(bot.asked).toEqual(['press'])
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ status: 200, body: { value: 'Acme is yours.' } })
})

it('gives a press that is sent again later the answer of the first', async () => {
  const press = bot.press()

  const [first, again] = [await send(press), await send(press)]

  expect(again).toEqual(first)
  expect(bot.asked).toEqual(['press'])
})

it('takes two presses of two people for two', async () => {
  const eve = bot.teams.addUser('Eve')

  await Promise.all([send(bot.press()), send(bot.press(SERVICE_URL, {}, eve))])

  expect(bot.asked).toEqual(['press', 'press'])
})
