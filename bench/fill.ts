import { DAY, dayOf } from '../src/domain/time/instant.ts'
import { loadSettings } from '../src/model/settings.ts'
import { bareOf } from '../src/store/engine/sqlite/database.ts'
import { fillHistory } from '../src/work/scoring/fill-history.ts'
import { alternate } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { isLarge, type Size } from './support/size.ts'

const DAYS = 90
const STORED = 120
const SIZE: Size = { accounts: isLarge ? 2_000 : 50, days: 90, spacing: 1 }

const { model } = loadSettings(undefined)
const days = Array.from({ length: DAYS }, (_, n) => MORNING - (DAYS - 1 - n) * DAY).map(at => ({ day: dayOf(at), at }))

/** Its scores lie before the days that are filled. */
async function opened(history: number) {
  const { connection, end } = await openPortfolio(SIZE, history === 0 ? {} : { history })
  const sqlite = bareOf(connection)
  sqlite.prepare(`UPDATE scores SET day = date(day, '-${DAYS} days'), at = at - ?`).run(DAYS * DAY)
  const forget = sqlite.prepare("DELETE FROM scores WHERE origin = 'filled'")
  return {
    end,
    forget: () => forget.run(),
    fill: () => fillHistory(connection, model, days),
  }
}

const [none, stored] = [await opened(0), await opened(STORED)]
const { fresh, after } = await alternate({
  fresh: () => none.fill(),
  forgetting: () => [none, stored].map(({ forget }) => forget()),
  after: () => stored.fill(),
})

report({
  bench: 'fill',
  what: `\`score --from --to\` over ${DAYS} days, with ${STORED} days of scores stored before them, against none.`,
  ratio: after.cpu / fresh.cpu,
  goal: atMost(1.1),
  details: {
    ...{ accounts: SIZE.accounts, days: DAYS },
    ...{ fresh_ms_a_day: fresh.cpu / DAYS, stored_ms_a_day: after.cpu / DAYS },
  },
})
await none.end()
await stored.end()
