import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadSettings } from '../src/model/settings.ts'
import { createToken } from '../src/store/people/tokens.ts'
import { startScoringThread } from '../src/threads/scoring-thread.ts'
import { openLookups } from './support/lookups.ts'
import { quantile } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const ASKED = 600
const BATCH = 1_000
/** Written beforehand: who sends them does so on a machine of their own. */
const BODIES = 400
const { model, routes } = loadSettings(undefined)
const { connection, databaseUrl, end } = await openPortfolio(SIZE, { history: 120 })
const { token } = await createToken(connection.db, {
  ...{ name: 'bench', scopes: ['signals:write'], now: MORNING, randomBytes },
})
const thread = startScoringThread(databaseUrl)
const lookups = await openLookups({ databaseUrl, accounts: SIZE.accounts }, thread)
const bodies = Array.from({ length: BODIES }, (_, request) => bodyOf(request))
let [sent, scorings, isBusy] = [0, 0, true]

const rate = await ingestRate()
await lookups.service.tick()
await asked(100)
const idle = await asked(ASKED)
const working = Promise.all([scoreAgainAndAgain(), sendAtHalf()])
const busy = await asked(ASKED)
isBusy = false
await working

report({
  bench: 'lookup-busy',
  what: '`/health NAME` while everything is scored again and again and signals come in over HTTP at half the rate they can, against an idle service.',
  ratio: quantile(busy, 0.5) / quantile(idle, 0.5),
  goal: atMost(1.5),
  also: [
    { name: 'p99_ratio', value: quantile(busy, 0.99) / quantile(idle, 0.99), goal: atMost(3) },
    { name: 'longest_ms', value: Math.max(...busy), goal: atMost(500) },
  ],
  details: {
    ...{ accounts: SIZE.accounts, scorings, signals: sent, signals_a_second: rate / 2 },
    ...{ idle_ms: quantile(idle, 0.5), idle_p99_ms: quantile(idle, 0.99) },
    ...{ busy_ms: quantile(busy, 0.5), busy_p99_ms: quantile(busy, 0.99) },
  },
})
await lookups.end()
await end()
process.exit()

async function asked(count: number): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < count; round += 1) times.push(await lookups.askService(round))
  return times
}

async function scoreAgainAndAgain(): Promise<void> {
  while (isBusy) {
    await thread.score({ model, routes, at: lookups.clock(), accounts: 'all', purpose: 'slot' })
    scorings += 1
  }
}

async function sendAtHalf(): Promise<void> {
  for (let next = performance.now(); isBusy; next += (BATCH / (rate / 2)) * 1_000) {
    await sleep(Math.max(0, next - performance.now()))
    await send()
  }
}

/** Rows a second, one request after the other. */
async function ingestRate(): Promise<number> {
  await send()
  const start = performance.now()
  for (let batch = 0; batch < 20; batch += 1) await send()
  return (20 * BATCH * 1_000) / (performance.now() - start)
}

async function send(): Promise<void> {
  const body = bodies[(sent / BATCH) % BODIES] ?? null
  sent += BATCH
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' }
  const response = await fetch(`${lookups.serviceUrl}/v1/signals`, { method: 'POST', headers, body })
  if (response.status !== 200) throw new Error(`answered ${response.status}: ${await response.text()}`)
  await response.text()
}

/** The rows of a request, none of which is in another. */
function bodyOf(request: number): Buffer {
  const rows = Array.from({ length: BATCH }, (_, at) => {
    const row = request * BATCH + at
    return {
      account_id: `account-${1 + (row % SIZE.accounts)}`,
      ...{ metric: 'logins', value: at, observed_at: new Date(MORNING - row * 50).toISOString() },
    }
  })
  return Buffer.from(rows.map(row => JSON.stringify(row)).join('\n'))
}
