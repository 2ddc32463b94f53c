import { afterEach, beforeEach, expect, it } from 'vitest'
import { scoringThread } from '../../src/threads/scoring-thread.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { fill, NOW, OUTCOME_MODEL, simulate } from '../support/outcome-world.ts'
import { createWorld, type World } from '../support/world.ts'

const SCRIPT = new URL('../../src/threads/scoring-worker.ts', import.meta.url)

let world: World
let dana: User
let room: Channel
let time: NodeJS.Timeout

beforeEach(async () => {
  world = await createWorld({
    now: new Date(NOW).toISOString(),
    files: { 'model.yaml': OUTCOME_MODEL },
    startScoring: url => scoringThread(url, SCRIPT),
  })
  dana = world.slack.addUser('Dana', 'dana@ours.example')
  room = world.slack.addChannel('cs')
  await world.has({ people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }] })
  await world.start()
  await fill(
    world.connection,
    simulate(400, score => (score < 45 ? 0.8 : 0.3)),
  )
  // Here a second is over in a few milliseconds.
  time = setInterval(() => world.passTo(new Date(world.now + 1_000).toISOString()), 20)
})

afterEach(async () => {
  clearInterval(time)
  await world.close()
})

const direct = (text: string) =>
  world.slack.until(() => world.slack.dms(dana).find(({ shown }) => shown.includes(text)))

it('shows how far a long backtest is, and its answer in the same message', async () => {
  await world.slack.command(dana, '/health backtest', room)

  const { shown, ts } = await direct('of 400 accounts')
  const answer = await direct('AUC')

  expect(shown).toContain('Cancel')
  expect(answer.ts).toBe(ts)
})

it('is canceled by the one who asked', async () => {
  await world.slack.command(dana, '/health backtest', room)
  const shown = await direct('of 400 accounts')

  await world.slack.press(dana, shown, 'Cancel')

  expect((await direct('Canceled after')).shown).toContain('Nothing was changed.')
})
