import { DAY } from '../src/domain/time/instant.ts'
import { digestsSchema } from '../src/model/digests.ts'
import { loadSettings } from '../src/model/settings.ts'
import { buildDigest, recordAsAnnounced } from '../src/work/digests/build-digest.ts'
import { changeStatuses } from './support/changes.ts'
import { alternate, costOf } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'

const settings = loadSettings(undefined)
const [digest] = digestsSchema.parse({
  digests: [{ name: 'morning', schedule: '0 9 * * 1-5', to: 'bench:C1' }],
}).digests
if (digest === undefined) throw new Error('the digest of the bench is valid')
const wanted = digest

const small = await announced(10_000)
const large = await announced(100_000)
const build = async ({ connection }: typeof large, changes: number) => {
  const { news } = await buildDigest(connection, settings, wanted, MORNING + DAY)
  const said = news.sections.reduce((sum, { items }) => sum + items.length, 0) + news.otherwise
  if (said < changes) throw new Error(`${said} of ${changes} changes were found`)
}
const memory = { small: await growthOf(() => build(small, 0)), large: await growthOf(() => build(large, 0)) }
const none = await alternate({ small: () => build(small, 0), large: () => build(large, 0) })
await changeStatuses(large.connection, 50, MORNING)
const some = await alternate({ large: () => build(large, 50) })
await changeStatuses(large.connection, 500, MORNING)
const many = await alternate({ large: () => build(large, 500) })

report({
  bench: 'digest',
  what: 'Building a digest of 100,000 accounts of which none, 50 and 500 changed, against 300 ms and 1 ms for each change.',
  ratio: Math.max(none.large.cpu / 300, some.large.cpu / 350, many.large.cpu / 800),
  goal: atMost(1),
  details: {
    ...{ none_ms: none.large.cpu, changes_50_ms: some.large.cpu, changes_500_ms: many.large.cpu },
    ...{ accounts_10k_ms: none.small.cpu, memory_mb: memory.large, memory_10k_mb: memory.small },
  },
})
await small.end()
await large.end()

/** A portfolio whose channel has heard of everything. */
async function announced(accounts: number) {
  const portfolio = await openPortfolio({ accounts, days: 0, spacing: 1 }, { isMadeUp: true })
  const { connection } = portfolio
  await recordAsAnnounced(connection.db, await buildDigest(connection, settings, wanted, MORNING))
  return portfolio
}

/** Megabytes in use at the end that were not in use before. */
async function growthOf(work: () => Promise<void>): Promise<number> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  await costOf(work)
  return Math.max(0, process.memoryUsage().rss - before) / 2 ** 20
}
