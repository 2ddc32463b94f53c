import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../../src/log.ts'
import { LEASE } from '../../src/store/claims/claims.ts'
import { registerInstance } from '../../src/store/claims/instances.ts'
import { findUnfinished } from '../../src/store/claims/unfinished.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { turnsOn } from '../../src/work/schedule/in-turn.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection
beforeEach(async () => {
  connection = await openTestDatabase()
})
afterEach(() => connection.close())

/** Two instances on one database, whatever the database. */
function instance(name: string, done: string[], isWell = () => true) {
  const shared = { ...connection, engine: { ...connection.engine, isShared: true } }
  const turns = turnsOn(shared, name, silentLog)
  const work = async () => {
    done.push(name)
    return isWell()
  }
  return { ...turns, round: turns.of('news', work) }
}

it('one instance makes the rounds until it leaves, then another', async () => {
  const done: string[] = []
  const [one, two] = [instance('one', done), instance('two', done)]
  for (const { round } of [one, two, one, two]) await round()
  expect(done).toEqual(['one', 'one'])

  await one.leave()
  expect((await findUnfinished(connection.db)).lapsed).toEqual(['job round news 1'])
  // It was refused a moment ago, and asks again once it hears that the turn lapsed.
  await two.round()
  two.askAgain()
  await two.round()

  expect(done).toEqual(['one', 'one', 'two'])
  await two.leave()
})

it('one whose round fails lets another one have its turn, and says when it will try again', async () => {
  const done: string[] = []
  const both = ['one', 'two'].map(name => registerInstance(connection.db, name))
  const ends = await Promise.all(both)
  const [one, two] = [instance('one', done, () => false), instance('two', done)]

  expect(await one.round()).toBe(2_000)
  expect((await findUnfinished(connection.db)).lapsed).toEqual(['job round news 1'])
  // It steps back, whatever wakes it.
  for (const { round } of [one, two, one]) await round()

  expect(done).toEqual(['one', 'two'])
  await two.leave()
  for (const { end } of ends) await end()
})

it('one that is alone tries again itself, later each time', async () => {
  const done: string[] = []
  let isWell = false
  const one = instance('one', done, () => isWell)

  expect([await one.round(), await one.round(), await one.round()]).toEqual([2_000, 4_000, 8_000])
  isWell = true

  expect(await one.round()).toBeUndefined()
  expect(done).toHaveLength(4)
  await one.leave()
})

it('one that was frozen for too long makes no round once another one does', async () => {
  const done: string[] = []
  const [one, two] = [instance('one', done), instance('two', done)]
  await one.round()
  await connection.db
    .updateTable('claims')
    .set(({ eb }) => ({ until: eb('until', '-', LEASE) }))
    .execute()
  expect((await findUnfinished(connection.db)).lapsed).toEqual(['job round news 1'])

  for (const { round } of [two, one]) await round()

  expect(done).toEqual(['one', 'two'])
  expect((await findUnfinished(connection.db)).lapsed).toEqual([])
  for (const { leave } of [one, two]) await leave()
})
