import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import { token } from '../../src/cli/admin/token.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { readAudit } from '../../src/store/audit/audit.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { createToken, listTokens, revokeToken, verifyToken } from '../../src/store/people/tokens.ts'
import { runVerb } from '../support/csv-import.ts'
import { openTestDatabase } from '../support/test-database.ts'

const NOW = Date.UTC(2026, 0, 1)

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})

afterEach(() => connection.close())

describe('tokens', () => {
  it('are known again, and stand nowhere in the database', async () => {
    const { token } = await create()

    expect(token).toMatch(/^rnd_[0-9a-f]{16}_[0-9a-f]{64}$/)
    expect(await verify(token)).toBe('valid')
    const rows = JSON.stringify(await connection.db.selectFrom('ingest_tokens').selectAll().execute())
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
    await revokeToken(connection.db, revoked.id, NOW)

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
    ['create', '--scope', 'signals:read'],
  ])('refuses "%s %s" as bad usage', async (...words) => {
    await expect(runVerb(token, connection, NOW, ['token', ...words])).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('scopes', () => {
  const made = async (...words: string[]) => {
    const said = await runVerb(token, connection, NOW, ['token', 'create', '--json', ...words])
    return JSON.parse(said.stdout)
  }

  it('are signals:write alone when none is named', async () => {
    expect(await made()).toMatchObject({ scopes: ['signals:write'], person: null })
  })

  it('are as many as are named, and none besides', async () => {
    const { token: narrow, scopes } = await made('--scope', 'health:read', '--scope', 'comments:write')

    expect(scopes).toEqual(['health:read', 'comments:write'])
    expect(await verifyToken(connection.db, narrow, 'health:read', NOW)).toMatchObject({ verdict: 'valid' })
    expect(await verifyToken(connection.db, narrow, 'comments:write', NOW)).toMatchObject({ verdict: 'valid' })
    expect(await verify(narrow)).toBe('out_of_scope')
  })

  it('that are nearly right are named', async () => {
    const refused = runVerb(token, connection, NOW, ['token', 'create', '--scope', 'signal:write'])

    await expect(refused).rejects.toMatchObject({ code: 'usage', hint: 'Did you mean "signals:write"?' })
  })

  it('of tokens made before there were scopes let them send signals as ever', async () => {
    const old = openDatabase('sqlite::memory:')
    await migrate(
      old,
      MIGRATIONS.filter(({ name }) => name < '0025'),
    )
    bareOf(old).exec(`insert into ingest_tokens (id, name, hash, scopes, created_at)
      values ('a', 'crm', 'x', 'ingest', 0)`)

    await migrate(old)

    expect((await listTokens(old.db)).map(({ scopes }) => scopes)).toEqual([['signals:write']])
    await old.close()
  })
})

describe('a token of a person', () => {
  it('remembers whose it is, however the address is written', async () => {
    await savePeople(connection.db, [{ email: 'dana@acme.test', fields: new Map() }])

    await runVerb(token, connection, NOW, ['token', 'create', '--scope', 'mcp', '--person', 'Dana@Acme.test'])

    expect(await listTokens(connection.db)).toMatchObject([{ person: 'dana@acme.test', scopes: ['mcp'] }])
  })

  it('is not made for somebody who is not among the people', async () => {
    const refused = runVerb(token, connection, NOW, ['token', 'create', '--person', 'nobody@acme.test'])

    await expect(refused).rejects.toMatchObject({ code: 'unknown_person' })
    expect(await listTokens(connection.db)).toEqual([])
  })
})

describe('token list and token revoke', () => {
  const list = async (now = NOW) =>
    JSON.parse((await runVerb(token, connection, now, ['token', 'list', '--json'])).stdout)

  it('show every token and how it stands, never its secret', async () => {
    const [first] = [await create({ name: 'crm' }), await create({ name: 'desk', expiresIn: DAY, now: NOW + 1 })]

    const tokens = await list(NOW + 2 * DAY)

    expect(tokens).toMatchObject([
      { name: 'crm', state: 'valid', expires_at: null },
      { name: 'desk', state: 'expired' },
    ])
    expect(JSON.stringify(tokens)).not.toContain(first.token.split('_')[2])
  })

  it.each(['id', 'token'] as const)('end a token that is named by its %s, in the audit log too', async key => {
    const made = await create()

    await runVerb(token, connection, NOW + 5, ['token', 'revoke', made[key]])

    expect(await verify(made.token, NOW + 5)).toBe('revoked')
    expect(await list(NOW + 5)).toMatchObject([{ state: 'revoked' }])
    expect(await readAudit(connection.db, { most: 1 })).toMatchObject([{ act: 'token.revoke', subject: made.id }])
  })

  it('say when a token was revoked before, and keep that time', async () => {
    const { id } = await create()
    await runVerb(token, connection, NOW + 5, ['token', 'revoke', id])

    const said = await runVerb(token, connection, NOW + DAY, ['token', 'revoke', id])

    expect(said.stdout).toContain('was already revoked at 2026-01-01T00:00:00.005Z')
  })

  it('name what is not a token, without its secret', async () => {
    const { token: whole } = await create()

    const refused = runVerb(token, connection, NOW, ['token', 'revoke', whole.replace(/^rnd_.{4}/, 'rnd_ffff')])

    await expect(refused).rejects.toMatchObject({ code: 'unknown_token' })
    await expect(refused).rejects.not.toThrow(whole.split('_')[2])
  })
})

function create(given: Partial<Parameters<typeof createToken>[1]> = {}) {
  return createToken(connection.db, { name: 'crm', scopes: ['signals:write'], now: NOW, randomBytes, ...given })
}

async function verify(token: string, now = NOW) {
  return (await verifyToken(connection.db, token, 'signals:write', now)).verdict
}
