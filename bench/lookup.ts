import { compareLookups, IDLE, openLookups } from './support/lookups.ts'
import { quantile } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { SIZE } from './support/size.ts'

const { databaseUrl, end } = await openPortfolio(SIZE, { history: 120 })
const lookups = await openLookups({ databaseUrl, accounts: SIZE.accounts }, IDLE)
const { service, bolt } = await compareLookups(lookups, 1_000)

report({
  bench: 'lookup',
  what: '`/health NAME` over HTTP, signed, until the full card has come to its response_url, against a Bolt app that answers a constant.',
  ratio: quantile(service.times, 0.5) / quantile(bolt.times, 0.5),
  goal: atMost(1.5),
  also: [{ name: 'p99_ratio', value: quantile(service.times, 0.99) / quantile(bolt.times, 0.99), goal: atMost(2) }],
  details: {
    ...{ accounts: SIZE.accounts, lookup_ms: quantile(service.times, 0.5), bolt_ms: quantile(bolt.times, 0.5) },
    ...{ lookup_cpu_ms: service.cpu, bolt_cpu_ms: bolt.cpu },
    ...{ lookup_p99_ms: quantile(service.times, 0.99), bolt_p99_ms: quantile(bolt.times, 0.99) },
  },
})
await lookups.end()
await end()
process.exit()
