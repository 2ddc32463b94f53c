import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { alertIsOpenAt } from '../../src/domain/alerts/alert.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { alertsByAccount, openAlerts, resolveAlert } from '../../src/store/alerts/alerts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openTestDatabase, tries } from '../support/test-database.ts'

let connection: Connection
let accounts = 0

beforeAll(async () => {
  connection = await openTestDatabase()
})

afterAll(() => connection.close())

const END = 20
const instant = fc.integer({ min: 1, max: END })
const steps = fc.array(fc.constantFrom('at_risk' as const, 'sharp_drop' as const), { minLength: 1, maxLength: 8 })

async function newAccount(): Promise<number> {
  const { db } = connection
  const id = `a${++accounts}`
  await saveAccounts(db, [{ id, name: id, attributes: new Map() }], 0)
  return (await db.selectFrom('accounts').select('key').where('id', '=', id).executeTakeFirstOrThrow()).key
}

it('what was over by an instant is left out, and says nothing of any instant from then on', async () => {
  await fc.assert(
    fc.asyncProperty(steps, instant, async (kinds, since) => {
      const { db } = connection
      const account = await newAccount()
      const isOpen = new Set<string>()
      for (const [n, kind] of kinds.entries()) {
        const at = 2 * n + 1
        if (isOpen.delete(kind)) await resolveAlert(db, account, kind, at)
        else {
          isOpen.add(kind)
          await openAlerts(db, [{ id: `${account}-${n}`, account, kind, at, reason: 'It fell.' }])
        }
      }
      const all = (await alertsByAccount(db, [account])).get(account) ?? []
      const later = (await alertsByAccount(db, [account], since)).get(account) ?? []

      expect(later).toEqual(all.filter(({ resolvedAt = Infinity }) => resolvedAt > since))
      for (const kind of kinds) {
        for (let at = since; at <= END; at += 1)
          expect(alertIsOpenAt(later, kind, at)).toBe(alertIsOpenAt(all, kind, at))
      }
    }),
    tries(40),
  )
})
