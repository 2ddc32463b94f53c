import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as rest } from 'node:timers/promises'
import { loadSettings } from '../src/model/settings.ts'
import { isFirstDelivery } from '../src/store/delivery/handled-requests.ts'
import { bareOf } from '../src/store/engine/sqlite/database.ts'
import { startScoringThread } from '../src/work/scoring/scoring-thread.ts'
import { report } from './measure.ts'
import { createPortfolio, MORNING } from './portfolio.ts'

/** How long the event loop is held up while a worker scores 20,000 accounts, and somebody reads and writes meanwhile. */
const ACCOUNTS = 20_000
const { model } = loadSettings(undefined)
const { connection, databaseUrl, end } = await createPortfolio(ACCOUNTS, 15)
bareOf(connection).pragma('busy_timeout = 1000')
const idle = await delayWhile(() => rest(2_000))

const thread = startScoringThread(databaseUrl)
const start = performance.now()
const busy = await delayWhile(() => thread.score({ model, at: MORNING, accounts: 'all', purpose: 'slot' }))
const seconds = (performance.now() - start) / 1_000
await thread.stop()

report(
  'loop delay',
  busy.p99 / idle.p99,
  `an idle one: p99 ${busy.p99.toFixed(0)} ms against ${idle.p99.toFixed(0)} ms, longest ${busy.max.toFixed(0)} against ${idle.max.toFixed(0)}, while ${ACCOUNTS} accounts are scored in ${seconds.toFixed(1)} s`,
)
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
