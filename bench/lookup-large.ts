import { compareLookups, IDLE, openLookups } from './support/lookups.ts'
import { quantile } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { isLarge, LARGE } from './support/size.ts'

const size = isLarge ? LARGE : { ...LARGE, spacing: 14 }
const { databaseUrl, end } = await openPortfolio(size, { history: 30 })
const lookups = await openLookups({ databaseUrl, accounts: size.accounts }, IDLE)
const { service, bolt } = await compareLookups(lookups, 1_000)

report({
  bench: 'lookup-large',
  what: 'The same with 100,000 accounts; without `--large` they have a tenth of the signals.',
  ratio: quantile(service.times, 0.5) / quantile(bolt.times, 0.5),
  goal: atMost(1.5),
  details: {
    ...{ accounts: size.accounts, lookup_ms: quantile(service.times, 0.5), bolt_ms: quantile(bolt.times, 0.5) },
    ...{ lookup_cpu_ms: service.cpu, bolt_cpu_ms: bolt.cpu },
    ...{ lookup_p99_ms: quantile(service.times, 0.99), bolt_p99_ms: quantile(bolt.times, 0.99) },
  },
})
await lookups.end()
await end()
process.exit()
