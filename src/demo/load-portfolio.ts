import { groupedBy } from '../domain/grouped.ts'
import type { AccountRow } from '../store/accounts/account-change.ts'
import { saveAccounts } from '../store/accounts/accounts.ts'
import { findAccountKeys } from '../store/accounts/find-accounts.ts'
import type { Connection } from '../store/engine/engine.ts'
import { savePeople } from '../store/people/people.ts'
import { slices } from '../store/slices.ts'
import { addSignals, SIGNALS_PER_TRANSACTION } from '../store/sources/signals.ts'
import type { Portfolio } from './portfolio.ts'

/** Puts a portfolio into a database, as if each thing had been learned when it happened. */
export async function loadPortfolio(connection: Connection, portfolio: Portfolio): Promise<void> {
  const { db } = connection
  const people = portfolio.people.map(({ email, name, role, manager, timeZone }) => ({
    email,
    fields: new Map([
      ['name', name],
      ['role', role],
      ['manager', manager],
      ['time_zone', timeZone],
    ] as const),
  }))
  await savePeople(db, people)
  for (const [from, rows] of attributesByInstant(portfolio)) await saveAccounts(db, rows, from)
  const keys = await findAccountKeys(db)
  const signals = portfolio.signals.flatMap(({ accountId, ...signal }) => {
    const account = keys.get(accountId)
    return account === undefined ? [] : [{ ...signal, account, receivedAt: signal.observedAt }]
  })
  for (const part of slices(signals, SIGNALS_PER_TRANSACTION)) await addSignals(connection, part)
}

/** One import for each instant at which something became known, oldest first. */
function attributesByInstant({ accounts }: Portfolio): [number, AccountRow[]][] {
  const changes = accounts.flatMap(({ id, name, attributes }) => [
    { id, name, from: 0 },
    ...[...attributes].flatMap(([attribute, values]) =>
      values.map(({ from, value }) => ({ id, name, from, attribute, value })),
    ),
  ])
  const byInstant = groupedBy(changes, ({ from }) => from)
  return [...byInstant]
    .sort(([a], [b]) => a - b)
    .map(([from, changes]) => [
      from,
      [...groupedBy(changes, ({ id }) => id)].map(([id, of]) => ({
        id,
        name: of[0]?.name ?? id,
        attributes: new Map(
          of.flatMap(change => ('attribute' in change ? [[change.attribute, change.value] as const] : [])),
        ),
      })),
    ])
}
