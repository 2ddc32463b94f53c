import { BRIEF_KINDS } from '../src/domain/briefs/brief-kind.ts'
import { loadSettings } from '../src/model/settings.ts'
import { listAccounts } from '../src/store/accounts/account-list.ts'
import { briefCard } from '../src/views/briefs/brief-card.ts'
import { cardPage } from '../src/views/page/page.ts'
import { prepareBrief } from '../src/work/briefs/prepare-brief.ts'
import { quantile } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const BRIEFS = 60

const { connection, end } = await openPortfolio(SIZE, { isScored: true })
const { model } = loadSettings(undefined)
const accounts = await listAccounts(connection.db)
const [times, sizes]: [number[], number[]] = [[], []]
for (let n = 0; n < BRIEFS; n += 1) {
  const account = accounts[(n * 163) % accounts.length]
  const kind = BRIEF_KINDS[n % BRIEF_KINDS.length]
  if (account === undefined || kind === undefined) throw new Error('the portfolio is empty')
  const start = performance.now()
  const wanted = { kind, at: MORNING, now: MORNING, reader: { role: 'admin' } } as const
  const brief = await prepareBrief(connection, model, account, wanted)
  sizes.push(cardPage(briefCard(model, brief, { timeZone: 'UTC', nameOf: email => email })).length)
  times.push(performance.now() - start)
}

report({
  bench: 'brief',
  what: 'a brief of one of 10,000 accounts, from the database to the page: the slowest of sixty, in seconds.',
  ratio: Math.max(...times) / 1_000,
  goal: atMost(5),
  details: {
    ...{ accounts: SIZE.accounts, brief_ms: quantile(times, 0.5), brief_p99_ms: quantile(times, 0.99) },
    page_bytes: quantile(sizes, 0.5),
  },
})
await end()
