import { randomUUID } from 'node:crypto'
import { DAY } from '../src/domain/time/instant.ts'
import { loadSettings } from '../src/model/settings.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { isLarge } from './support/size.ts'

const ACCOUNTS = isLarge ? 10_000 : 300
const { model, routes } = loadSettings(undefined)

async function opened(days: number) {
  const { connection, signals, end } = await openPortfolio({ accounts: ACCOUNTS, days, spacing: 1 }, { isScored: true })
  const score = (round: number) =>
    scoreAccounts(connection, {
      ...{ model, routes, at: MORNING + (round + 1) * DAY },
      ...{ newId: randomUUID, accounts: 'all', purpose: 'slot' },
    })
  return { signals, end, score }
}

const [short, long] = [await opened(90), await opened(720)]
const costs = await alternate({ short: short.score, long: long.score })

report({
  bench: 'score-history',
  what: 'All accounts under `saas` with 720 days of signals retained, against 90.',
  ratio: costs.long.cpu / costs.short.cpu,
  goal: atMost(1.1),
  details: {
    ...{ accounts: ACCOUNTS, signals_90: short.signals, signals_720: long.signals },
    ...{ days_90_ms: costs.short.cpu, days_720_ms: costs.long.cpu },
  },
})
await short.end()
await long.end()
