import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { personOfUserOrNone, savePeople } from '../../src/store/people/people.ts'
import { userIdOrNone, userIdsOf } from '../../src/store/people/platform-users.ts'

let connection: Connection

beforeEach(() => {
  connection = openDatabase('sqlite::memory:')
})

afterEach(() => connection.close())

describe('the ids of people on chat platforms', () => {
  it('move out of the columns that each platform had', async () => {
    await migrate(
      connection,
      MIGRATIONS.filter(({ name }) => name < '0031'),
    )
    bareOf(connection).exec(`insert into people (email, role, slack_id, teams_id) values
      ('ann@x.com', 'csm', 'U1', 'aad-1'), ('bob@x.com', 'csm', null, 'aad-2'), ('cy@x.com', 'csm', null, null)`)

    await migrate(connection)

    const { db } = connection
    expect(await userIdsOf(db, 'Ann@x.com')).toEqual({ slack: 'U1', teams: 'aad-1' })
    expect(await userIdsOf(db, 'bob@x.com')).toEqual({ teams: 'aad-2' })
    expect(await userIdsOf(db, 'cy@x.com')).toEqual({})
    expect(await personOfUserOrNone(db, { platform: 'teams', userId: 'aad-2' })).toMatchObject({ email: 'bob@x.com' })
    const columns = bareOf(connection).prepare("select name from pragma_table_info('people')").pluck().all()
    expect(columns.filter(name => /_id$/.test(String(name)))).toEqual([])
  })

  it('are of any platform, change and are cleared, and count as a change of the person', async () => {
    await migrate(connection)
    const { db } = connection
    const save = (userId: string | undefined) =>
      savePeople(db, [{ email: 'ann@x.com', fields: new Map(), userIds: new Map([['pager', userId]]) }])

    expect(await save('1')).toMatchObject({ added: 1 })
    expect(await save('1')).toMatchObject({ unchanged: 1 })
    expect(await save('2')).toMatchObject({ changed: 1 })
    expect(await userIdOrNone(db, 'pager', 'Ann@x.com')).toBe('2')
    expect(await save(undefined)).toMatchObject({ changed: 1 })
    expect(await userIdOrNone(db, 'pager', 'ann@x.com')).toBeUndefined()
  })
})
