import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { recordAudit } from '../../src/store/audit/audit.ts'
import { checkAudit } from '../../src/store/audit/audit-chain.ts'
import { copyTables, refuseDifference, refuseUnfinishedCopy } from '../../src/store/copy/copy-tables.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { openTestDatabase } from '../support/test-database.ts'

const NOON = Date.UTC(2026, 10, 1, 12)

/** From a file to whatever the tests run on. */
let from: Connection
let to: Connection

beforeEach(async () => {
  from = await migratedDatabase()
  to = await openTestDatabase()
  const accounts = ['acme', 'zed', 'Übermut'].map(id => ({ id, name: id, attributes: new Map([['arr', '10.5']]) }))
  await saveAccounts(from.db, accounts, 0)
  const signal = (day: number, value: number) => {
    const observedAt = NOON - day * DAY
    return { account: 1, metric: 'logins', observedAt, value, receivedAt: NOON, id: day % 2 === 0 ? '' : '~2' }
  }
  // More than one page, and corrections.
  const days = Array.from({ length: 2_500 }, (_, day) => day)
  await addSignals(
    from,
    days.map(day => signal(day, day / 3)),
  )
  await addSignals(from, [signal(1, 7), signal(2, 8)])
  await recordAudit(from.db, { at: NOON, who: 'dana@ours.example', act: 'alert.claim', subject: 'a', account: 'acme' })
})

afterEach(async () => {
  await from.close()
  await to.close()
})

const copy = (say: (table: string) => void = () => {}) => copyTables(from.db, to.db, ({ table }) => say(table))
const rowsOf = (tables: readonly { table: string; rows: number }[], name: string) =>
  tables.find(({ table }) => table === name)?.rows

it('is the same row by row, there and back, and is counted on', async () => {
  await copy()
  const tables = await refuseDifference(from.db, to.db)
  const back = await migratedDatabase()
  await copyTables(to.db, back.db, () => {})

  expect(['accounts', 'signals', 'signal_versions', 'audit'].map(name => rowsOf(tables, name))).toEqual([
    3, 2_500, 2, 1,
  ])
  expect(await refuseDifference(from.db, back.db)).toEqual(tables)
  await back.close()
  await saveAccounts(to.db, [{ id: 'new', name: 'New', attributes: new Map() }], NOON)
  await recordAudit(to.db, { at: NOON, who: 'rounds', act: 'alert.wake', subject: 'b' })
  expect((await checkAudit(to.db)).lines).toBe(2)
})

it('goes on where it was broken off', async () => {
  const breakOff = copy(table => {
    if (table === 'audit') throw new Error('the cable was pulled')
  })
  await expect(breakOff).rejects.toThrow('the cable was pulled')

  await copy()

  await refuseDifference(from.db, to.db)
})

it('says what differs', async () => {
  await copy()
  await to.db.updateTable('signals').set({ value: 1 }).where('value', '=', 7).execute()

  await expect(refuseDifference(from.db, to.db)).rejects.toThrow('The table signals differs')
  await expect(refuseUnfinishedCopy(to)).rejects.toThrow('not finished')
})

it('writes into no database that holds data, nor takes an unfinished copy for one', async () => {
  await copy()

  await expect(refuseUnfinishedCopy(to)).rejects.toThrow('is a copy that is not finished')
  await refuseDifference(from.db, to.db)
  await expect(copy()).rejects.toThrow('already holds data')
})
