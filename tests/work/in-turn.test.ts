import { afterEach, beforeEach, expect, it } from 'vitest'
import { LEASE, lapsedClaims } from '../../src/store/claims/claims.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { turnsOn } from '../../src/work/schedule/in-turn.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection
beforeEach(async () => {
  connection = await openTestDatabase()
})
afterEach(() => connection.close())

/** Two instances on one database, whatever the database. */
function instance(name: string, done: string[]) {
  const shared = { ...connection, engine: { ...connection.engine, isShared: true } }
  const turns = turnsOn(shared, name)
  return { ...turns, round: turns.of('news', async () => void done.push(name)) }
}

it('one instance makes the rounds until it leaves, then another', async () => {
  const done: string[] = []
  const [one, two] = [instance('one', done), instance('two', done)]
  for (const { round } of [one, two, one, two]) await round()
  expect(done).toEqual(['one', 'one'])

  await one.leave()
  await two.round()

  expect(done).toEqual(['one', 'one', 'two'])
  await two.leave()
})

it('one that was frozen for too long makes no round once another one does', async () => {
  const done: string[] = []
  const [one, two] = [instance('one', done), instance('two', done)]
  await one.round()
  await connection.db
    .updateTable('claims')
    .set(({ eb }) => ({ until: eb('until', '-', LEASE) }))
    .execute()
  expect(await lapsedClaims(connection.db)).toEqual(['job round news 1'])

  for (const { round } of [two, one]) await round()

  expect(done).toEqual(['one', 'two'])
  expect(await lapsedClaims(connection.db)).toEqual([])
  for (const { leave } of [one, two]) await leave()
})
