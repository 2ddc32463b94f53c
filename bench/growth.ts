import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { findAccount } from '../src/chat/accounts/find/find-account.ts'
import { accountsIn } from '../src/domain/digests/digest.ts'
import { DAY, HOUR } from '../src/domain/time/instant.ts'
import { openFile } from '../src/ingest/files/source.ts'
import { LOADERS } from '../src/ingest/load/load.ts'
import { digestsSchema } from '../src/model/digests.ts'
import { loadSettings } from '../src/model/settings.ts'
import { saveAccounts } from '../src/store/accounts/accounts.ts'
import { openDatabase } from '../src/store/engine/engines.ts'
import { migrate } from '../src/store/engine/schema/migrate.ts'
import { buildDigest, recordAsAnnounced } from '../src/work/digests/build-digest.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { listedAccounts, ownerOf } from './support/accounts.ts'
import { changeStatuses } from './support/changes.ts'
import { openBenchDoor } from './support/door.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio, type Portfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { writeSignalsFile } from './support/signals-file.ts'
import { isLarge, type Size } from './support/size.ts'

const [SMALL, LARGE] = [1_000, isLarge ? 100_000 : 10_000].map(
  (accounts): Size => ({ accounts, days: 30, spacing: 1 }),
) as [Size, Size]
const LINEAR = ['score', 'import']
const CONSTANT = ['due', 'lookup', 'list', 'find', 'digest']
const settings = loadSettings(undefined)
const { model, routes } = settings
const [digest] = digestsSchema.parse({
  digests: [{ name: 'morning', schedule: '0 9 * * 1-5', to: 'bench:C1' }],
}).digests
if (digest === undefined) throw new Error('the digest of the bench is valid')
const morning = digest
/** So many accounts changed since the digest before. */
const CHANGES = 50

const works = [await worksAt(SMALL), await worksAt(LARGE)] as const
const exponents = new Map<string, number>()
for (const name of Object.keys(works[0].of)) {
  const [small, large] = [works[0].of[name], works[1].of[name]]
  if (small === undefined || large === undefined) continue
  const { small: few, large: many } = await alternate({ small, large })
  exponents.set(name, Math.log(many.cpu / few.cpu) / Math.log(LARGE.accounts / SMALL.accounts))
}
const worstOf = (names: readonly string[]) => Math.max(...names.map(name => exponents.get(name) ?? Number.NaN))

report({
  bench: 'growth',
  what: 'The exponent by which the cost grows with the accounts, the worst of due, lookup, list, finding a name or its beginning, and a digest of 50 changes; the worst of score and import; and finding a typo.',
  ratio: worstOf(CONSTANT),
  goal: atMost(0.1),
  also: [
    { name: 'score_import', value: worstOf(LINEAR), goal: atMost(1.05) },
    { name: 'typo', value: worstOf(['find_typo']), goal: atMost(0.1) },
  ],
  details: { from_accounts: SMALL.accounts, to_accounts: LARGE.accounts, ...Object.fromEntries(exponents) },
})
for (const { end } of works) await end()

async function worksAt(size: Size) {
  const portfolio = await openPortfolio(size, { isScored: true })
  const { connection, folder } = portfolio
  const told = await openTold(size.accounts)
  const ask = openBenchDoor(connection, ownerOf(0, size.accounts))
  const names = listedAccounts(size.accounts).map(({ name }) => name ?? '')
  const file = join(folder, 'signals.csv')
  await writeSignalsFile(file, size)
  const run = { model, routes, newId: randomUUID, purpose: 'slot' } as const
  const asked = Array.from({ length: 50 }, (_, n) => names[(n * 7_919) % size.accounts] ?? '')
  // One by one these take microseconds, and a single collection of garbage as long as fifty.
  const often = Array.from({ length: 20 }, () => asked).flat()
  const of: Readonly<Record<string, (round: number) => Promise<unknown>>> = {
    score: round => scoreAccounts(connection, { ...run, at: MORNING + (round + 1) * DAY, accounts: 'all' }),
    import: round => importFile(portfolio, file, round, size.accounts),
    due: async round => {
      await connection.db.deleteFrom('due_accounts').execute()
      const ends = [1, size.accounts].map(account => ({ account, news: 1 }))
      await connection.db.insertInto('due_accounts').values(ends).execute()
      await scoreAccounts(connection, { ...run, at: MORNING + (20 + round) * DAY, accounts: 'due', purpose: 'now' })
    },
    lookup: () => inTurn(asked, ask),
    list: () => inTurn(Array<string>(20).fill('list at-risk'), ask),
    find: () =>
      inTurn(often, async name => {
        for (const text of [name, name.slice(0, name.indexOf(' '))]) await findAccount(connection, text, MORNING)
      }),
    find_typo: () => inTurn(often, name => findAccount(connection, `${name.slice(0, 3)}${name.slice(4)}`, MORNING)),
    digest: async () => {
      const { news } = await buildDigest(told.connection, settings, morning, MORNING + HOUR)
      const changes = accountsIn(news).length + news.otherwise
      if (changes !== CHANGES) throw new Error(`The digest tells ${changes} changes, not ${CHANGES}.`)
    },
  }
  return {
    of,
    async end() {
      await portfolio.end()
      await told.end()
    },
  }
}

async function inTurn(texts: readonly string[], work: (text: string) => Promise<unknown>): Promise<void> {
  for (const text of texts) await work(text)
}

/** A channel has heard of all but the newest changes, as many whatever the size. Nothing waits, and no day begins that brings renewals. */
async function openTold(accounts: number): Promise<Portfolio> {
  const portfolio = await openPortfolio({ accounts, days: 0, spacing: 1 }, { isMadeUp: true })
  const { connection } = portfolio
  await recordAsAnnounced(connection.db, await buildDigest(connection, settings, morning, MORNING))
  await changeStatuses(connection, CHANGES, MORNING + 1)
  return portfolio
}

async function importFile({ folder }: Portfolio, file: string, round: number, accounts: number): Promise<void> {
  const connection = openDatabase(`sqlite:${join(folder, `import-${round}.db`)}`)
  await migrate(connection)
  await saveAccounts(connection.db, listedAccounts(accounts), MORNING - 100 * DAY)
  const rejects = { add: () => {}, close: () => {} }
  const source = await openFile(file)
  await LOADERS.signals({ connection, source, rejects, now: MORNING, isHistory: true, platforms: [] })
  await connection.close()
}
