import { randomUUID } from 'node:crypto'
import { loadSettings } from '../src/model/settings.ts'
import { bareOf } from '../src/store/engine/sqlite/database.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const MINUTE = 60_000
/** What looking for news and a transaction may cost whoever has them. */
const FREE_MS = 5
/** As the service does while news come in: one after the other. */
const TIMES = 10

const { model, routes } = loadSettings(undefined)
const { connection, end } = await openPortfolio(SIZE, { isScored: true })
const sqlite = bareOf(connection)

const mark = sqlite.prepare('INSERT OR REPLACE INTO due_accounts (account, news) VALUES (?, 1)')
/** The first account, the last one, and those evenly between them. */
const markDue = sqlite.transaction((count: number) => {
  for (let n = 0; n < count; n += 1) mark.run(1 + Math.floor((n * (SIZE.accounts - 1)) / (count - 1)))
})
const rescore = (round: number, accounts: 'all' | 'due') =>
  scoreAccounts(connection, {
    ...{ model, routes, at: MORNING + (round + 1) * MINUTE, newId: randomUUID, accounts, purpose: 'now' },
  })

const counts = [2, Math.round(SIZE.accounts / 1_000), Math.round(SIZE.accounts / 100)] as const
sqlite.exec('DELETE FROM due_accounts')
const contestants: Record<string, (round: number) => unknown> = { all: round => rescore(round * TIMES, 'all') }
for (const count of counts) {
  contestants[`due_${count}`] = async round => {
    for (let time = 0; time < TIMES; time += 1) {
      markDue(count)
      await rescore(round * TIMES + time, 'due')
    }
  }
}
const costs = await alternate(contestants)
const cpuOf = (name: string) => (costs[name]?.cpu ?? Number.NaN) / (name === 'all' ? 1 : TIMES)
const shareOf = (count: number) => (cpuOf('all') * count) / SIZE.accounts

report({
  bench: 'due',
  what: 'Scoring 2 accounts with news, 0.1 % and 1 % of them, against their share of scoring all; the worst of the three, 5 ms being free.',
  ratio: Math.max(...counts.map(count => Math.max(0, cpuOf(`due_${count}`) - FREE_MS) / shareOf(count))),
  goal: atMost(1.5),
  details: {
    accounts: SIZE.accounts,
    ...Object.fromEntries(Object.keys(costs).map(name => [`${name}_ms`, cpuOf(name)])),
  },
})
await end()
