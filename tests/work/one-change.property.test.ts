import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shownChanges } from '../../src/documents/account-health.ts'
import { accountLineDocument } from '../../src/documents/account-line.ts'
import { movesDocument } from '../../src/documents/moves.ts'
import type { Model } from '../../src/domain/model/model.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import type { ListedAccount } from '../../src/store/accounts/account-list.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { readPage } from '../../src/store/portfolio/page.ts'
import type { PortfolioLine } from '../../src/store/portfolio/portfolio.ts'
import { accountCard } from '../../src/views/accounts/account-card.ts'
import { explanationCard } from '../../src/views/accounts/explanation-card.ts'
import { sinceCard } from '../../src/views/accounts/since-card.ts'
import { sectionItem } from '../../src/views/digests/digest-lines.ts'
import { fiveParts } from '../../src/views/home/five-items.ts'
import { accountItem } from '../../src/views/home/home-items.ts'
import { listCard } from '../../src/views/portfolio/list-card.ts'
import { checkAccount } from '../../src/work/accounts/check-account.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { TODAY } from '../support/model-arbitrary-signals.ts'
import { compiled, inDatabase, runs } from '../support/world-of-scores.ts'
import { newestNumber, withNumbers } from '../support/world-of-scores-number.ts'

/** Scores with decimals, many of them beside a half. */
const score = fc.oneof(
  fc.double({ min: 0, max: 100, noNaN: true }),
  fc.tuple(fc.nat(99), fc.constantFrom(0.4, 0.49999, 0.5, 0.50001, 0.6)).map(([whole, rest]) => whole + rest),
)

it('says one change for an account, which is the score shown now minus the score shown 30 days ago', async () => {
  const raw = newestNumber(70)
  const model = compiled(raw)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 8 }), async pairs => {
      const worlds = pairs.map(([then, now], n) => ({
        ...withNumbers(raw, [
          [TODAY - 30 * DAY, then],
          [TODAY, now],
        ]),
        account: { id: `a${n}`, name: `Account ${n}` },
      }))
      await inDatabase(worlds, async (connection, accounts) => {
        const run = { model, at: TODAY, newId: () => '1', accounts: 'all', purpose: 'now' } as const
        await scoreAccounts(connection, run)
        const { lines } = await readPage(connection.db, TODAY, { most: 10 })
        for (const account of accounts) {
          const [then, now] = pairs[Number(account.id.slice(1))] ?? [0, 0]
          const line = lines.find(({ id }) => id === account.id) ?? expect.fail('not in the list')
          const said = { ...inLists(model, line), ...(await alone(connection, model, account)) }
          const change = Math.floor(now + 0.5) - Math.floor(then + 0.5)

          expect(said).toEqual(Object.fromEntries(Object.keys(said).map(place => [place, change])))
        }
      })
    }),
    runs(15),
  )
})

/** What is said where accounts stand below each other. */
function inLists(model: Model, line: PortfolioLine) {
  const page = { title: '', total: 1, skipped: 0, empty: '', words: '', isPrivate: true, canExport: true }
  const { role: _, ...account } = { ...line, isPulseDue: false, alerts: [], overdue: [] }
  const reader = { email: '', timeZone: 'UTC', now: TODAY }
  const [table] = listCard(model, { ...page, lines: [line] }, TODAY).parts
  return {
    programs: accountLineDocument(line).change_30d,
    home: saidIn(accountItem(model, line)),
    digest: saidIn(sectionItem(model, { at: TODAY, showArr: true }, 'newly_at_risk', { account })),
    list: table?.kind === 'table' ? Number(table.rows[0]?.[2]?.text) : undefined,
    // no change is left out there
    ...(line.change !== 0 && { five: saidIn(fiveParts(model, { chosen: [account], rest: 0 }, reader)) }),
  }
}

/** What is said of the account alone. */
async function alone(connection: Connection, model: Model, account: ListedAccount) {
  const { health, verdict } = await checkAccount(connection, model, account, TODAY)
  const before = health.monthAgo ?? expect.fail('no score a month ago')
  const summary = { account, health, verdict, expansionReady: false, alerts: [], weeks: [] }
  const change = saidIn(accountCard(model, summary))
  return {
    assistant: shownChanges(health)['30d'],
    moves: movesDocument(before, health.now).shown_change,
    card: change,
    since: saidIn(sinceCard(model, account, before, health.now, verdict, 'UTC')),
    ...(change !== 0 && { points: saidIn(explanationCard(model, account, health, verdict)) }),
  }
}

/** "-12 in 30 days", "Sum: -9, -3 = -12." */
function saidIn(shown: unknown): number {
  const [, inDays, sum] = /([+-]?\d+) in 30 days|= ([+-]?\d+)\./.exec(JSON.stringify(shown)) ?? []
  return Number(inDays ?? sum)
}
