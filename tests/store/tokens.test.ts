import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { token } from '../../src/cli/token.ts'
import { DAY } from '../../src/domain/instant.ts'
import { type Connection, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createToken, verifyToken } from '../../src/store/tokens.ts'
import { runVerb } from '../support/csv-import.ts'

const NOW = Date.UTC(2026, 0, 1)

let connection: Connection

beforeEach(async () => {
  connection = openDatabase('sqlite::memory:')
  await migrate(connection)
})

afterEach(() => connection.close())

describe('tokens', () => {
  it('are known again, and stand nowhere in the database', async () => {
    const { token } = await create()

    expect(token).toMatch(/^rnd_[0-9a-f]{16}_[0-9a-f]{64}$/)
    expect(await verify(token)).toBe('valid')
    const rows = JSON.stringify(connection.sqlite.prepare('select * from ingest_tokens').all())
    expect(rows).not.toContain(token.split('_')[2])
  })

  it('differ from each other', async () => {
    expect((await create()).token).not.toBe((await create()).token)
  })

  it.each([
    ['nothing', () => ''],
    ['nonsense', () => 'rnd_x_y'],
    ['an unknown id', (token: string) => token.replace(/rnd_..../, 'rnd_ffff')],
    ['a wrong secret', (token: string) => `${token.slice(0, -4)}0000`],
    ['an id without its secret', (token: string) => token.slice(0, 21)],
    ['more than a token', (token: string) => `${token}0`],
  ])('are not known from %s', async (_, forge) => {
    const { token } = await create()

    expect(await verify(forge(token))).toBe('unknown')
  })

  it('expire', async () => {
    const { token, expiresAt } = await create({ expiresIn: DAY })

    expect(expiresAt).toBe(NOW + DAY)
    expect(await verify(token, NOW + DAY - 1)).toBe('valid')
    expect(await verify(token, NOW + DAY)).toBe('expired')
  })

  it('end when they are revoked, and are good for their scopes only', async () => {
    const [revoked, narrow] = [await create(), await create({ scopes: [] })]
    connection.sqlite.prepare('update ingest_tokens set revoked_at = ? where id = ?').run(NOW, revoked.id)

    expect(await verify(revoked.token)).toBe('revoked')
    expect(await verify(narrow.token)).toBe('out_of_scope')
  })
})

describe('token create', () => {
  it('prints the token and nothing else on stdout', async () => {
    const { stdout } = await runVerb(token, connection, NOW, ['token', 'create', '--name', 'crm'])

    expect(await verify(stdout.trim())).toBe('valid')
  })

  it('prints one document with --json', async () => {
    const said = await runVerb(token, connection, NOW, [
      'token',
      'create',
      '--name',
      'crm',
      '--expires',
      '90d',
      '--json',
    ])

    const { token: made, ...rest } = JSON.parse(said.stdout)
    expect(rest).toMatchObject({ name: 'crm', expires_at: '2026-04-01T00:00:00.000Z' })
    expect(await verify(made)).toBe('valid')
  })

  it.each([
    ['create', '--expires', 'soon'],
    ['list', '--json'],
    ['revoke', 'abc'],
  ])('refuses "%s %s" as bad usage', async (...words) => {
    await expect(runVerb(token, connection, NOW, ['token', ...words])).rejects.toMatchObject({ code: 'usage' })
  })
})

function create(given: Partial<Parameters<typeof createToken>[1]> = {}) {
  return createToken(connection.db, { name: 'crm', scopes: ['ingest'], now: NOW, randomBytes, ...given })
}

function verify(token: string, now = NOW) {
  return verifyToken(connection.db, token, 'ingest', now)
}
