import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fallenFirst, worstFirst } from '../../src/domain/portfolio/portfolio.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { addRetired } from '../../src/store/accounts/customers.ts'
import { readPage } from '../../src/store/portfolio/page.ts'
import { readEveryAccount, readPortfolio } from '../../src/store/portfolio/portfolio.ts'
import { rankAmongOthers, ranksOfShown } from '../../src/store/portfolio/rank.ts'
import type { Db } from '../../src/store/tables.ts'
import { openTestDatabase, tries } from '../support/test-database.ts'

const account = (owner: string | undefined) => [{ id: 'acme', name: 'Acme', attributes: new Map([['owner', owner]]) }]

it.each([
  ['the first value, before anything was known', 50, 'ana@ours.example'],
  ['the value of that time', 150, 'ana@ours.example'],
  ['the newest value from its instant on', 200, 'ben@ours.example'],
  ['nothing, once the value was cleared', 300, undefined],
])('shows %s', async (_, at, owner) => {
  const connection = await openTestDatabase()
  await saveAccounts(connection.db, account('ana@ours.example'), 100)
  await saveAccounts(connection.db, account('ben@ours.example'), 200)
  await saveAccounts(connection.db, account(undefined), 300)

  const [line] = await readPortfolio(connection.db, at)

  expect(line?.owner).toBe(owner)
  await connection.close()
})

it('reads the worst page and the places of any portfolio as sorting all of it would', async () => {
  const shown = fc.option(fc.integer({ min: 0, max: 3 }))
  const status = fc.record({
    shown,
    change: fc.option(fc.integer({ min: -2, max: 2 })),
    verdict: fc.constantFrom('at_risk', 'healthy', 'unknown'),
    owner: fc.constantFrom('Ana@ours.example', 'ben@ours.example', undefined),
    isScored: fc.boolean(),
    isRetired: fc.boolean(),
  })
  const { db, close } = await openTestDatabase()
  await fc.assert(
    fc.asyncProperty(fc.array(status, { maxLength: 12 }), fc.integer({ min: 1, max: 6 }), async (statuses, most) => {
      for (const table of [
        'status_changes',
        'current_status',
        'account_attributes',
        'retired_accounts',
        'due_accounts',
        'accounts',
      ] as const)
        await db.deleteFrom(table).execute()
      const ids = statuses.map((_, n) => `account-${String.fromCharCode(97 + ((n * 7) % 26))}${n}`)
      const named = ids.map((id, n) => ({ id, name: id, attributes: new Map([['owner', statuses[n]?.owner]]) }))
      await saveAccounts(db, named, 100)
      for (const { key, id } of await db.selectFrom('accounts').select(['key', 'id']).execute()) {
        const known = statuses[ids.indexOf(id)]
        if (known?.isScored) await addStatus(db, key, known)
        if (known?.isRetired) await addRetired(db, key, { since: 100, reason: 'it left' })
      }

      const all = await readPortfolio(db, 200)
      const everyone = await readEveryAccount(db, 200)
      const retired = everyone.filter(({ key }) => !all.some(line => line.key === key))
      const kept = (lines: typeof all) => ({ lines: lines.slice(0, most), total: lines.length })
      expect(await readPage(db, 200, { most })).toEqual(kept(all.toSorted(worstFirst)))
      expect(await readPage(db, 200, { most, isFalling: true })).toEqual(
        kept(all.filter(({ change }) => (change ?? 0) < 0).toSorted(fallenFirst)),
      )
      expect(await readPage(db, 200, { most, isRetired: true })).toEqual(kept(retired.toSorted(worstFirst)))
      for (const verdict of ['at_risk', 'unknown']) {
        const wanted = all.filter(line => line.verdict === verdict)
        expect(await readPage(db, 200, { most, verdict })).toEqual(kept(wanted.toSorted(worstFirst)))
      }
      expect(await readPage(db, 200, { most, verdict: 'at_risk', owner: 'ana@ours.example' })).toEqual(
        kept(all.filter(line => line.verdict === 'at_risk' && line.owner === 'ana@ours.example').toSorted(worstFirst)),
      )

      const scores = (lines: typeof all) => lines.flatMap(({ shown }) => shown ?? [])
      const placeAmong = (others: number[], shown: number) => others.filter(other => other > shown).length + 1
      const rankOf = await ranksOfShown(db)
      for (const shown of [0, 1, 2, 3]) {
        expect(rankOf(shown)).toEqual({ place: placeAmong(scores(all), shown), of: scores(all).length })
      }
      const [first] = all
      const others = scores(all.slice(1))
      if (first !== undefined) {
        const rank = { place: placeAmong(others, 2), of: others.length + 1 }
        expect(await rankAmongOthers(db, first.key, 2)).toEqual(rank)
      }
    }),
    tries(30),
  )
  await close()
})

type Known = { readonly shown: number | null; readonly change: number | null; readonly verdict: string }

async function addStatus(db: Db, account: number, { shown, change, verdict }: Known) {
  const model = await db.selectFrom('models').select('key').executeTakeFirst()
  const key =
    model?.key ??
    (
      await db
        .insertInto('models')
        .values({ version: 'sha256:test', name: 'test', first_used_at: 0 })
        .returning('key')
        .executeTakeFirstOrThrow()
    ).key
  await db
    .insertInto('current_status')
    .values({
      account,
      at: 150,
      score: shown,
      shown,
      verdict,
      role: null,
      has_sharp_drop: 0,
      expansion_ready: 0,
      coverage: 1,
      change_30d: change,
      reason: 'Tested',
      model: key,
    })
    .execute()
}
