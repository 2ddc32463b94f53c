import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadSettings } from '../src/model/settings.ts'
import { isFirstDelivery } from '../src/store/delivery/handled-requests.ts'
import { bareOf } from '../src/store/engine/sqlite/database.ts'
import { startScoringThread } from '../src/threads/scoring-thread.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const { model } = loadSettings(undefined)
const { connection, databaseUrl, end } = await openPortfolio(SIZE)
bareOf(connection).pragma('busy_timeout = 1000')
const idle = await delayWhile(() => sleep(2_000))

const thread = startScoringThread(databaseUrl)
const start = performance.now()
const busy = await delayWhile(() => thread.score({ model, at: MORNING, accounts: 'all', purpose: 'slot' }))
const seconds = (performance.now() - start) / 1_000
await thread.stop()

report({
  bench: 'loop-delay',
  what: 'How long the event loop is held up while a worker scores all accounts and somebody reads and writes, against an idle one: p99.',
  ratio: busy.p99 / idle.p99,
  goal: atMost(3),
  details: {
    accounts: SIZE.accounts,
    score_s: seconds,
    busy_p99_ms: busy.p99,
    longest_ms: busy.max,
    idle_p99_ms: idle.p99,
  },
})
await end()

/** Meanwhile something small is written twenty times a second, as presses of buttons do. */
async function delayWhile(work: () => Promise<unknown>): Promise<{ p99: number; max: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  let requests = 0
  const timer = setInterval(async () => {
    requests += 1
    await isFirstDelivery(connection.db, `request-${performance.now()}`, requests)
  }, 50)
  await work()
  clearInterval(timer)
  delay.disable()
  return { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }
}
