import { randomUUID } from 'node:crypto'
import { reachOf } from '../src/domain/scoring/reach.ts'
import { DAY } from '../src/domain/time/instant.ts'
import { loadSettings } from '../src/model/settings.ts'
import { weekOf } from '../src/store/engine/signals/week.ts'
import { bareOf } from '../src/store/engine/sqlite/database.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { SIZE } from './support/size.ts'

const { model, routes } = loadSettings(undefined)
const { connection, signals, end } = await openPortfolio(SIZE, { isScored: true })

const starts = [...reachOf([model], MORNING).metrics.values()].map(({ allAfter }) => allAfter)
const bare = bareOf(connection).prepare('SELECT count(*), sum(value) FROM signals WHERE week BETWEEN ? AND ?')

const { scan, score } = await alternate({
  scan: () => bare.get(weekOf(Math.min(...starts)), weekOf(MORNING)),
  score: round =>
    scoreAccounts(connection, {
      ...{ model, routes, at: MORNING + (round + 1) * DAY },
      ...{ newId: randomUUID, accounts: 'all', purpose: 'slot' },
    }),
})

report({
  bench: 'score',
  what: 'All accounts under `saas`, with scores, statuses, transitions, alerts and plays stored, against a bare scan of the signals in the windows.',
  ratio: score.cpu / scan.cpu,
  goal: atMost(7),
  details: {
    ...{ accounts: SIZE.accounts, signals },
    ...{ score_ms: score.cpu, score_wall_ms: score.wall, scan_ms: scan.cpu },
  },
})
await end()
