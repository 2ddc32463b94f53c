import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAccount, findOneAccount } from '../../src/chat/accounts/find/find-account.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migratedDatabase } from '../support/migrated.ts'

const ACCOUNTS = [
  ['a-1', 'Acme'],
  ['a-2', 'Acme Labs'],
  ['a-3', 'Acme Labs Europe'],
  ['globex', 'Globex Corporation'],
  ['t-1', 'The Globe Theatre'],
  ['zue', 'Zürcher Käse AG'],
  ['jp', '株式会社山田'],
  ['moon', '🚀 Rocket & Sons'],
  ['pct', '100 % Natural'],
  ['und', 'snake_case GmbH'],
  ['wide', 'Ｗｉｄｅ Letters'],
  ['one', 'Q'],
  ['same-1', 'Twin'],
  ['same-2', 'TWIN'],
  ['ini', 'Initech'],
  ['long', 'A very long name that goes on and on and on until nobody remembers how it began, Limited'],
  ['Case-ID', 'Somebody Else'],
] as const

let connection: Connection

beforeAll(async () => {
  connection = await migratedDatabase()
  await saveAccounts(
    connection.db,
    ACCOUNTS.map(([id, name]) => ({ id, name, attributes: new Map() })),
    0,
  )
})

afterAll(() => connection.close())

const idsOf = (accounts: readonly { readonly id: string }[]) => accounts.map(({ id }) => id)

/** The id that is found, the ids to choose from, or `nearest` and what is near. */
async function found(text: string) {
  const result = await findAccount(connection, text, 0)
  if (result.kind === 'one') return result.account.id
  return result.kind === 'several' ? idsOf(result.accounts) : { nearest: idsOf(result.nearest) }
}

describe('an account is found by', () => {
  it.each([
    ['its id', 'a-1', 'a-1'],
    ['its name, though others begin with it', 'Acme', 'a-1'],
    ['its name in other letters', 'aCME', 'a-1'],
    ['its name with blanks around and inside', '  acme   labs ', 'a-2'],
    ['its beginning', 'glob', 'globex'],
    ['its beginning, though another has it in the middle', 'globe', 'globex'],
    ['a part', 'theat', 't-1'],
    ['a part, though another resembles it', 'tech', 'ini'],
    ['a typo', 'Initehc', 'ini'],
    ['a typo in a short name', 'acem', 'a-1'],
    ['a typo in one of its words', 'glibex', 'globex'],
    ['an umlaut', 'ZÜRCHER', 'zue'],
    ['its name without its umlauts', 'zurcher kase', 'zue'],
    ['its name with umlauts in two code points', 'Zu\u0308rcher', 'zue'],
    ['a part in Japanese', '山田', 'jp'],
    ['an emoji', '🚀', 'moon'],
    ['a percent sign, which stands for itself', '100 %', 'pct'],
    ['a percent sign alone', '%', 'pct'],
    ['an underscore, which stands for itself', 'snake_', 'und'],
    ['narrow letters for wide ones', 'wide', 'wide'],
    ['its one letter', 'q', 'one'],
    ['a long name without its end', 'a very long name that goes', 'long'],
  ])('%s', async (_, text, id) => {
    const result = await found(text)

    expect(Array.isArray(result) ? result[0] : result).toBe(id)
  })

  it('and only by letters that are there: a wildcard finds nothing', async () => {
    expect(await found('a%e')).not.toBe('a-1')
    expect(await found('gl_bex corporati_n')).not.toEqual(expect.arrayContaining(['und']))
    expect(await found('*')).toEqual({ nearest: [] })
  })
})

describe('several accounts', () => {
  it.each([
    ['begin with it', 'acm', ['a-1', 'a-2', 'a-3']],
    ['have the same name', 'twin', ['same-1', 'same-2']],
    ['hold it', 'labs', ['a-2', 'a-3']],
  ])('are offered when several %s', async (_, text, ids) => {
    expect(await found(text)).toEqual(ids)
  })

  it('are ten at most', async () => {
    const names = Array.from({ length: 30 }, (_, at) => ({
      id: `n-${at}`,
      name: `Number ${at}`,
      attributes: new Map(),
    }))
    await saveAccounts(connection.db, names, 0)

    expect(await found('numb')).toHaveLength(10)
  })
})

describe('no account', () => {
  it('is found by blanks', async () => {
    expect(await found('   ')).toEqual({ nearest: [] })
  })

  it('is found by a very long text, nor does that take long', async () => {
    const start = performance.now()

    expect(await found('zq'.repeat(20_000))).toEqual({ nearest: [] })

    expect(performance.now() - start).toBeLessThan(2_000)
  })

  it('offers the nearest', async () => {
    expect(await found('Globalistics')).toEqual({ nearest: expect.arrayContaining(['globex']) })
  })

  it('is refused in a sentence, with the nearest', async () => {
    await expect(findOneAccount(connection, 'Globalistics', 0)).rejects.toMatchObject({
      message: 'There is no account called "Globalistics".',
      hint: expect.stringContaining('Globex Corporation (globex)'),
    })
  })

  it('is chosen for somebody who could mean several', async () => {
    await expect(findOneAccount(connection, 'twin', 0)).rejects.toMatchObject({
      message: '"twin" could be Twin (same-1), TWIN (same-2).',
      hint: 'Write the id.',
    })
  })
})

it('finds an account that was added a moment ago', async () => {
  await found('anything')
  await saveAccounts(connection.db, [{ id: 'new', name: 'Brand New', attributes: new Map() }], 0)

  expect(await found('brand')).toBe('new')
})
