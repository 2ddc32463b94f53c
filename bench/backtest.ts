import { randomUUID } from 'node:crypto'
import type { Outcome } from '../src/domain/outcomes/outcome.ts'
import { DAY, dayOf } from '../src/domain/time/instant.ts'
import { loadSettings } from '../src/model/settings.ts'
import { listAccounts } from '../src/store/accounts/account-list.ts'
import { lookBack } from '../src/work/outcomes/look-back.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'

/** Two million signals of 2,000 accounts, an outcome each, a quarter of them churns. */
const SIZE = { accounts: 2_000, days: 500, spacing: 1 }

const { model, routes } = loadSettings(undefined)
const { connection, signals, end } = await openPortfolio(SIZE)
const outcomes = (await listAccounts(connection.db)).map(
  ({ key }, at): Outcome => ({
    account: key,
    kind: at % 4 === 0 ? 'churned' : 'renewed',
    on: dayOf(MORNING - (at % 150) * DAY),
    source: 'bench',
    recordedAt: MORNING,
  }),
)

const { score, look } = await alternate(
  {
    score: round =>
      scoreAccounts(connection, {
        ...{ model, routes, at: MORNING + (round + 1) * DAY },
        ...{ newId: randomUUID, accounts: 'all', purpose: 'slot' },
      }),
    look: () =>
      lookBack(connection, {
        ...{ model, outcomes, leads: [30, 60, 90, 180], today: true, runs: true },
        scoring: routes.scoring,
      }),
  },
  2,
)

report({
  bench: 'backtest',
  what: '2,000 outcomes at four leads by both clocks, with the days of warning of each churn, against one scoring of the same accounts.',
  ratio: look.cpu / score.cpu,
  goal: atMost(20),
  details: { accounts: SIZE.accounts, signals, look_ms: look.cpu, look_wall_ms: look.wall, score_ms: score.cpu },
})
await end()
