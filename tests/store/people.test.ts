import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { namesAround } from '../../src/store/people/names-around.ts'
import {
  findPersonOrNone,
  listPeople,
  type PersonRow,
  personOfUserOrNone,
  savePeople,
} from '../../src/store/people/people.ts'
import { linkUser } from '../../src/store/people/platform-users.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})

afterEach(() => connection.close())

describe('those around an account', () => {
  it('are its owners, who holds an alert of it, and who rated it', async () => {
    await save(ann({ name: 'Ann' }))
    await save({ ...ann({}), email: 'bob@x.com' })
    await saveAccounts(connection.db, [owned('acme', 'ann@x.com'), owned('globex')], 0)
    await saveAccounts(connection.db, [owned('acme', 'carl@x.com')], 1)
    const written = { account: 2, attribute: 'owner', known_from: 1, value: 'Bob@x.com' }
    await connection.db.insertInto('account_attributes').values(written).execute()
    const pulse = { id: 'p1', account: 1, person: 'bob@x.com', rating: 4, at: 2, note: '', reasons: '' }
    await connection.db.insertInto('pulses').values(pulse).execute()

    expect(Object.fromEntries(await namesAround(connection.db, 1))).toEqual({
      'ann@x.com': 'Ann',
      'bob@x.com': 'bob@x.com',
      'carl@x.com': undefined,
    })
    // In another spelling than that of e-mails that are kept it may be somebody.
    expect([...(await namesAround(connection.db, 2)).keys()]).toEqual([])
  })
})

const owned = (id: string, owner?: string) => ({
  ...{ id, name: id },
  attributes: new Map(owner === undefined ? [] : [['owner', owner]]),
})

describe('saving people', () => {
  it('knows one person by an e-mail in whatever case', async () => {
    await save(ann({ name: 'Ann', role: 'csm', manager: 'Boss@X.com', time_zone: 'Europe/Berlin' }))

    expect(await findPersonOrNone(connection.db, 'ANN@x.com')).toEqual({
      email: 'ann@x.com',
      name: 'Ann',
      role: 'csm',
      manager: 'boss@x.com',
      timeZone: 'Europe/Berlin',
    })
  })

  it('takes somebody without a role for a viewer', async () => {
    await save(ann({}))

    expect(await listPeople(connection.db)).toEqual([{ email: 'ann@x.com', role: 'viewer' }])
  })

  it('tells added, changed and unchanged apart; clears what is empty and keeps what is absent', async () => {
    expect(await save(ann({ name: 'Ann', role: 'admin' }))).toEqual({ added: 1, changed: 0, unchanged: 0 })
    expect(await save(ann({ name: 'Ann' }))).toEqual({ added: 0, changed: 0, unchanged: 1 })
    expect(await save(ann({ name: undefined }))).toEqual({ added: 0, changed: 1, unchanged: 0 })

    expect(await listPeople(connection.db)).toEqual([{ email: 'ann@x.com', role: 'admin' }])
  })

  it('links a user of a platform to one person at a time', async () => {
    const U1 = { platform: 'slack', userId: 'U1' }
    await save(ann({}), { email: 'bob@x.com', fields: new Map(), userIds: new Map([['slack', 'U1']]) })

    expect(await linkUser(connection.db, 'Ann@x.com', U1)).toBe(true)
    expect(await linkUser(connection.db, 'nobody@x.com', U1)).toBe(false)

    expect(await personOfUserOrNone(connection.db, U1)).toMatchObject({ email: 'ann@x.com' })
    expect(await personOfUserOrNone(connection.db, { ...U1, userId: 'U2' })).toBeUndefined()
    expect(await findPersonOrNone(connection.db, 'bob@x.com')).toEqual({ email: 'bob@x.com', role: 'viewer' })
  })
})

function ann(fields: Record<string, string | undefined>): PersonRow {
  return { email: 'Ann@x.com', fields: new Map(Object.entries(fields)) as PersonRow['fields'] }
}

function save(...rows: PersonRow[]) {
  return savePeople(connection.db, rows)
}
