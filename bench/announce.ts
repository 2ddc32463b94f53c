import { randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Context } from '../src/context.ts'
import { ALERT_KINDS } from '../src/domain/alerts/alert-kind.ts'
import { silentLog } from '../src/log.ts'
import { routesSchema } from '../src/model/routes.ts'
import { loadSettings } from '../src/model/settings.ts'
import { openAlerts } from '../src/store/alerts/alerts.ts'
import { savePeople } from '../src/store/people/people.ts'
import { announceAlerts } from '../src/work/alerts/announce-alerts.ts'
import { ownerOf } from './support/accounts.ts'
import { costOf, median } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const ALERTS = 300
const ROUNDS = 6
const { connection, end } = await openPortfolio(SIZE, { isScored: true })
const { db } = connection
const owners = new Set(Array.from({ length: SIZE.accounts }, (_, at) => ownerOf(at, SIZE.accounts)))
await savePeople(
  db,
  [...owners].map(email => ({ email, fields: new Map([['role', 'csm']]) })),
)
await db.updateTable('alerts').set({ state: 'resolved', pending_news: null }).execute()

const asStorm = await announced({ alerts: 20, share: 0.1 })
const oneByOne = await announced({ alerts: 10_000, share: 1 })

report({
  bench: 'announce',
  what: 'Seconds of processor time for the messages of 300 alerts that one scoring opened, put together as a storm; and one by one.',
  ratio: asStorm.seconds,
  goal: atMost(0.3),
  also: [
    { name: 'one_by_one', value: oneByOne.seconds, goal: atMost(0.3) },
    { name: 'longest_turn_ms', value: Math.max(asStorm.longestTurn, oneByOne.longestTurn), goal: atMost(50) },
  ],
  details: { accounts: SIZE.accounts, alerts: ALERTS, people: owners.size },
})
await end()

/** `when` asks about the account, so that each is looked at. */
async function announced(storm: { alerts: number; share: number }) {
  const when = { attribute: 'segment', one_of: ['enterprise'] }
  const routes = routesSchema.parse({
    storm,
    routes: [{ when, to: ['chat:C1', 'owner'] }, { to: ['chat:C2', 'owner'] }],
  })
  const seconds: number[] = []
  const longest: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const at = MORNING + round * 60_000
    await db.deleteFrom('outbox_alerts').execute()
    await db.deleteFrom('outbox').execute()
    await db.updateTable('alerts').set({ state: 'resolved', pending_news: null }).execute()
    await openAlerts(db, opened(at))
    const context = { ...{ connection, log: silentLog, newId: randomUUID, platforms: [], chats: new Map() } }
    const settings = { ...loadSettings(undefined), routes }
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const { cpu } = await costOf(() =>
      announceAlerts({ ...context, settings, clock: () => at, wakeSender: () => {} } as unknown as Context),
    )
    delay.disable()
    if (round === 0) continue
    seconds.push(cpu / 1_000)
    longest.push(delay.max / 1e6)
  }
  return { seconds: median(seconds), longestTurn: median(longest) }
}

function opened(at: number) {
  return Array.from({ length: ALERTS }, (_, n) => ({
    id: randomUUID(),
    account: 1 + n * 30,
    kind: ALERT_KINDS[n % 2] ?? 'at_risk',
    at,
    reason: 'Logins fell',
  }))
}
