import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { claimAlert, resolveAlertBy, snoozeAlert } from '../../src/store/alerts/alert-acts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { isTaken, putBack, reversalsSince, statesOf } from '../../src/store/alerts/reversals.ts'
import { endUndo, findUndoOrNone, openUndos, saveUndo } from '../../src/store/alerts/undos.ts'
import { cardsOfAccount, redrawAgedCards } from '../../src/store/delivery/account-cards.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { addTask, changeTask, findTaskOrNone } from '../../src/store/playbooks/tasks.ts'
import { openTestDatabase, tries } from '../support/test-database.ts'

let connection: Connection
let accounts = 0

beforeAll(async () => {
  connection = await openTestDatabase()
})

afterAll(() => connection.close())

const act = fc.constantFrom('claim' as const, 'snooze' as const, 'resolve' as const)

function perform(one: 'claim' | 'snooze' | 'resolve', id: string, by: string, at: number): Promise<boolean> {
  const { db } = connection
  if (one === 'claim') return claimAlert(db, id, by, at)
  if (one === 'snooze') return snoozeAlert(db, id, { until: { at: at + 9, day: '2026-12-01' } }, at)
  return resolveAlertBy(db, id, by, 'It is well.', at)
}

async function newAlert() {
  const { db } = connection
  const account = `a${++accounts}`
  await saveAccounts(db, [{ id: account, name: account, attributes: new Map() }], 0)
  const { key } = await db.selectFrom('accounts').select('key').where('id', '=', account).executeTakeFirstOrThrow()
  await openAlerts(db, [{ id: `${account}-1`, account: key, kind: 'at_risk', at: 0, reason: 'It fell.' }])
  return { key, id: `${account}-1` }
}

it('goes back to exactly how it was, unless something has changed it since', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 2 }), act, fc.option(act), async (earlier, last, later) => {
      const { db } = connection
      const { key, id } = await newAlert()
      for (const [n, one] of earlier.entries()) await perform(one, id, 'dana@x.com', n + 1)
      const before = await statesOf(db, key)
      await perform(last, id, 'eve@x.com', 10)
      const [reversal] = await reversalsSince(db, key, before, { of: 'alert', id })
      if (reversal === undefined) return
      const left = await statesOf(db, key, [id])
      if (later !== null) await perform(later, id, 'fay@x.com', 20)
      const hasChanged = JSON.stringify(await statesOf(db, key, [id])) !== JSON.stringify(left)

      expect(await putBack(db, reversal, 9)).toBe(!hasChanged)

      if (!hasChanged) expect(await statesOf(db, key)).toEqual(before)
      expect(await putBack(db, reversal, 9)).toBe(false)
    }),
    tries(40),
  )
})

it('keeps what was done last with an alert and its tasks, and ends once', async () => {
  const { db } = connection
  const { key, id } = await newAlert()
  await addTask(db, { id: `${id}-t`, account: key, title: 'Call', role: 'csm', at: 0, dueAt: 9 })
  const subject = { of: 'task', id: `${id}-t` } as const
  const before = await statesOf(db, key)
  await changeTask(db, subject.id, { kind: 'done' }, 'dana@x.com', 5)
  const reversals = await reversalsSince(db, key, before, subject)
  for (const undo of ['one', 'two']) {
    await saveUndo(db, { id: `${id}-${undo}`, at: 5, who: 'dana@x.com', subject, account: key, reversals })
  }

  expect((await findTaskOrNone(db, subject.id))?.undo).toBe(`${id}-two`)
  expect((await openUndos(db, 'task')).get(subject.id)).toBe(`${id}-two`)
  expect((await findUndoOrNone(db, `${id}-two`))?.reversals).toEqual(reversals)
  expect(await Promise.all([endUndo(db, `${id}-two`, 6), endUndo(db, `${id}-two`, 6)])).toContain(false)
  expect((await findTaskOrNone(db, subject.id))?.undo).toBeUndefined()
})

it('has no room for an alert of a kind that was opened again', async () => {
  const { db } = connection
  const { key, id } = await newAlert()
  await resolveAlertBy(db, id, 'dana@x.com', 'It is well.', 1)
  expect(await isTaken(db, id)).toBe(false)
  await openAlerts(db, [{ id: `${id}-again`, account: key, kind: 'at_risk', at: 2, reason: 'It fell.' }])

  expect(await isTaken(db, id)).toBe(true)
  expect(await cardsOfAccount(db, key)).toEqual([])
  expect(await redrawAgedCards(db, 9)).toBe(0)
})
