import { randomUUID } from 'node:crypto'
import { comparedInstants } from '../src/domain/scoring/health.ts'
import { windowsOf } from '../src/domain/scoring/reading.ts'
import { allMeasures } from '../src/domain/scoring/score.ts'
import { DAY } from '../src/domain/time/instant.ts'
import { loadSettings } from '../src/model/settings.ts'
import { bareOf } from '../src/store/engine/sqlite/database.ts'
import { weekOf } from '../src/store/engine/week.ts'
import { scoreAccounts } from '../src/work/scoring/score.ts'
import { best, report } from './measure.ts'
import { createPortfolio, MORNING } from './portfolio.ts'

/** Rescoring a portfolio, against a bare scan of the signals that its windows hold. */
const ACCOUNTS = 1_000
const { model } = loadSettings(undefined)
const { connection, signals, end } = await createPortfolio(ACCOUNTS)

const windows = [MORNING, ...comparedInstants(model, MORNING)].flatMap(at =>
  allMeasures(model).flatMap(measure => windowsOf(measure, at)),
)
const from = weekOf(Math.min(...windows.map(({ after }) => Math.max(after, MORNING - 365 * DAY))))
const bare = bareOf(connection).prepare('SELECT count(*), sum(value) FROM signals WHERE week BETWEEN ? AND ?')
const scan = await best(5, () => bare.get(from, weekOf(MORNING)))

const rescore = await best(5, run =>
  scoreAccounts(connection, { model, at: MORNING + run * DAY, newId: randomUUID, accounts: 'all', purpose: 'slot' }),
)

report(
  'rescore',
  rescore / scan,
  `the bare scan: ${ACCOUNTS} accounts, ${signals} signals in ${rescore.toFixed(0)} ms against ${scan.toFixed(1)} ms`,
)
await end()
