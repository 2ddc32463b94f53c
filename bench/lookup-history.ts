import { IDLE, openLookups } from './support/lookups.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { isLarge } from './support/size.ts'

const ASKED = 200
const ACCOUNTS = isLarge ? 10_000 : 1_000

async function opened(days: number) {
  const { databaseUrl, signals, end } = await openPortfolio({ accounts: ACCOUNTS, days, spacing: 1 }, { history: 30 })
  const lookups = await openLookups({ databaseUrl, accounts: ACCOUNTS }, IDLE)
  return {
    signals,
    async ask(round: number) {
      for (let n = 0; n < ASKED; n += 1) await lookups.askService(round * ASKED + n)
    },
    async end() {
      await lookups.end()
      await end()
    },
  }
}

const [short, long] = [await opened(90), await opened(720)]
const costs = await alternate({ short: short.ask, long: long.ask })

report({
  bench: 'lookup-history',
  what: '`/health NAME` with 720 days of signals retained, against 90.',
  ratio: costs.long.cpu / costs.short.cpu,
  goal: atMost(1.1),
  details: {
    ...{ accounts: ACCOUNTS, signals_90: short.signals, signals_720: long.signals },
    ...{ days_90_ms: costs.short.cpu / ASKED, days_720_ms: costs.long.cpu / ASKED },
  },
})
await short.end()
await long.end()
process.exit()
