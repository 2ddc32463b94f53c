import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccountRow } from '../../src/store/accounts/account-change.ts'
import { foldName, saveAccounts } from '../../src/store/accounts/accounts.ts'
import { accountByIdOrNone, findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})

afterEach(() => connection.close())

describe('saving accounts', () => {
  it('adds an account with its attributes and marks it due', async () => {
    const counts = await save(100, acme({ segment: 'smb', arr: '1200' }))

    expect(counts).toEqual({ added: 1, changed: 0, unchanged: 0 })
    expect(await history()).toEqual(['arr@100=1200', 'segment@100=smb'])
    expect(await news()).toEqual([1])
  })

  it('changes nothing when told the same again', async () => {
    await save(100, acme({ segment: 'smb' }))

    expect(await save(200, acme({ segment: 'smb' }))).toEqual({ added: 0, changed: 0, unchanged: 1 })

    expect(await history()).toEqual(['segment@100=smb'])
    expect(await news()).toEqual([1])
  })

  it('keeps the history of an attribute', async () => {
    await save(100, acme({ segment: 'smb' }))

    expect(await save(200, acme({ segment: 'enterprise' }))).toMatchObject({ changed: 1 })

    expect(await history()).toEqual(['segment@100=smb', 'segment@200=enterprise'])
    expect(await news()).toEqual([2])
  })

  it('clears a value from now on, once, and clears nothing that is not there', async () => {
    await save(100, acme({ segment: 'smb' }))

    expect(await save(200, acme({ segment: undefined, domain: undefined }))).toMatchObject({ changed: 1 })
    expect(await save(300, acme({ segment: undefined }))).toMatchObject({ unchanged: 1 })

    expect(await history()).toEqual(['segment@100=smb', 'segment@200=null'])
  })

  it('leaves alone what a file does not speak of', async () => {
    await save(100, acme({ segment: 'smb', arr: '1200' }))

    await save(200, acme({ arr: '1300' }))

    expect(await history()).toEqual(['arr@100=1200', 'arr@200=1300', 'segment@100=smb'])
  })

  it('overwrites a value of the same millisecond', async () => {
    await save(100, acme({ segment: 'smb' }))

    await save(100, acme({ segment: 'enterprise' }))

    expect(await history()).toEqual(['segment@100=enterprise'])
  })

  it('takes a new value although the clock went back', async () => {
    await save(200, acme({ segment: 'smb' }))

    await save(100, acme({ segment: 'enterprise' }))

    expect(await history()).toEqual(['segment@200=enterprise'])
  })

  it('renames an account, and finds it by the new name in whatever spelling', async () => {
    await save(100, acme({}))

    expect(await save(200, { id: 'acme', name: 'ACME  Größe', attributes: new Map() })).toMatchObject({ changed: 1 })

    expect(await accountByIdOrNone(connection.db, 'acme')).toMatchObject({ name: 'ACME  Größe' })
    expect(await connection.db.selectFrom('accounts').select('folded_name').execute()).toEqual([
      { folded_name: 'acme größe' },
    ])
    expect(foldName(' Ａcme\u00a0 Inc ')).toBe('acme inc')
  })

  it('lets the last of two rows about one account win, and writes nothing when that is how it stands', async () => {
    const rows = [acme({ segment: 'smb' }), acme({ segment: 'enterprise' })]

    expect(await save(100, ...rows)).toEqual({ added: 1, changed: 1, unchanged: 0 })
    expect(await save(200, ...rows)).toEqual({ added: 0, changed: 0, unchanged: 2 })

    expect(await history()).toEqual(['segment@100=enterprise'])
  })

  it('folds the owner as the e-mail that it is', async () => {
    await save(100, acme({ owner: ' Ann@Example.COM' }))

    expect(await history()).toEqual(['owner@100=ann@example.com'])
  })

  it('takes ids and attributes that JavaScript knows by another meaning', async () => {
    await save(100, { id: '__proto__', name: 'constructor', attributes: new Map([['__proto__', 'x']]) })

    expect(await findAccountKeys(connection.db)).toEqual(new Map([['__proto__', 1]]))
    expect(await history()).toEqual(['__proto__@100=x'])
  })

  it('saves more accounts than one statement takes', async () => {
    const rows = Array.from({ length: 1_200 }, (_, at) => ({ id: `a${at}`, attributes: new Map([['seats', `${at}`]]) }))

    expect(await save(100, ...rows)).toMatchObject({ added: 1_200 })
    expect(await save(200, ...rows)).toMatchObject({ unchanged: 1_200 })

    expect(await findAccountKeys(connection.db, ['a7', 'nobody'])).toEqual(new Map([['a7', 8]]))
  })
})

function acme(attributes: Record<string, string | undefined>): AccountRow {
  return { id: 'acme', name: 'Acme', attributes: new Map(Object.entries(attributes)) }
}

function save(now: number, ...rows: AccountRow[]) {
  return saveAccounts(connection.db, rows, now)
}

async function history() {
  const rows = await connection.db
    .selectFrom('account_attributes')
    .select(['attribute', 'known_from', 'value'])
    .orderBy('attribute')
    .orderBy('known_from')
    .execute()
  return rows.map(({ attribute, known_from, value }) => `${attribute}@${known_from}=${value}`)
}

async function news() {
  return (await connection.db.selectFrom('due_accounts').select('news').execute()).map(({ news }) => news)
}
