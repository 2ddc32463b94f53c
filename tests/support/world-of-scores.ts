import { expect } from 'vitest'
import type { Model } from '../../src/domain/model/model.ts'
import { checkModel } from '../../src/model/load.ts'
import { type ListedAccount, listAccounts } from '../../src/store/accounts/account-list.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import type { OracleWorld, RawModel } from './oracle-model.ts'
import { openTestDatabase, tries } from './test-database.ts'

const IS_LONG = process.env.ROUNDS_LONG !== undefined

/** How often a property is tried; ten times as often in a long run. */
export const runs = (usual: number) => ({
  numRuns: IS_LONG ? usual * 10 : tries(usual).numRuns,
})

/** The model as a file: JSON is YAML, but for the numbers among its keys. */
function yamlOf(model: RawModel): string {
  return JSON.stringify(model).replace(/"(-?\d+(?:\.\d+)?)":/g, '$1: ')
}

export function compiled(model: RawModel): Model {
  const checked = checkModel(yamlOf(model))
  if (checked.model === undefined) throw new Error(JSON.stringify(checked.errors))
  return checked.model
}

/** Accounts of one portfolio: each knows what the others know of a metric. */
export function together(worlds: readonly OracleWorld[]): readonly OracleWorld[] {
  return worlds.map(world => ({
    ...world,
    others: worlds.filter(other => other !== world).flatMap(({ signals }) => signals),
  }))
}

/** A database that knows these accounts, for as long as `work` lasts. */
export async function inDatabase(
  worlds: readonly OracleWorld[],
  work: (connection: Connection, accounts: readonly ListedAccount[]) => Promise<void>,
): Promise<void> {
  const connection = await openTestDatabase()
  try {
    for (const world of worlds) await save(connection, world)
    if (worlds.length === 1 && worlds[0]?.others?.[0] !== undefined) {
      const { model, others } = worlds[0]
      await save(connection, { model, account: { id: 'other', name: 'Other' }, signals: others, attributes: [] })
    }
    await work(connection, await listAccounts(connection.db))
  } finally {
    await connection.close()
  }
}

async function save(connection: Connection, world: OracleWorld): Promise<void> {
  const { id, name } = world.account
  await saveAccounts(connection.db, [{ id, name, attributes: new Map() }], 0)
  for (const { name: attribute, value, at } of [...world.attributes].sort((a, b) => a.at - b.at)) {
    await saveAccounts(connection.db, [{ id, attributes: new Map([[attribute, value]]) }], at)
  }
  const account = (await listAccounts(connection.db)).find(listed => listed.id === id)?.key ?? 0
  await addSignals(
    connection,
    world.signals.map(signal => ({ ...signal, account })),
  )
}

/** Equal, but for floating noise; says where it is not. */
export function expectSame(actual: unknown, expected: unknown, path = 'document'): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const isClose = Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
    if (!isClose) expect.fail(`${path} is ${actual}, not ${expected}`)
    return
  }
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) {
    if (actual !== expected) expect.fail(`${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`)
    return
  }
  expect(Object.keys(actual), path).toEqual(Object.keys(expected))
  for (const [key, value] of Object.entries(actual)) {
    expectSame(value, (expected as Record<string, unknown>)[key], `${path}.${key}`)
  }
}

export const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString())
