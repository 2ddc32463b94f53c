import { randomBytes } from 'node:crypto'
import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { READS } from '../../src/http/reads/index.ts'
import { createServer, listen } from '../../src/http/server.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import { readAccountsById } from '../../src/store/portfolio/accounts-by-id.ts'
import { type DemoDoor, openDemoDoor } from '../support/demo-door.ts'
import { serverParts } from './service.ts'

type Page = { readonly items: readonly Record<string, unknown>[]; readonly next: string | null }

let demo: DemoDoor
let server: Awaited<ReturnType<typeof listen>>
/** A confidential alert. */
let secret: string
const tokens = { program: '', owner: '', other: '', writer: '' }

beforeAll(async () => {
  demo = await openDemoDoor()
  const { connection, clock, settings } = demo.context
  const db = connection.db
  const { lines } = await readAccountsById(db, clock(), { most: 500, isWanted: line => line.owner !== undefined })
  const [account] = lines
  await openAlerts(db, [
    { id: 'secret', account: account?.key ?? 0, kind: 'pulse_divergence', at: clock(), reason: 'Apart' },
  ])
  const divergence = db
    .selectFrom('alerts')
    .select('id')
    .where('account', '=', account?.key ?? 0)
  secret = (await divergence.where('kind', '=', 'pulse_divergence').executeTakeFirstOrThrow()).id
  const now = clock()
  const person = (email: string) =>
    createToken(db, { name: email, scopes: ['health:read'], person: email, now, randomBytes })
  tokens.program = (await createToken(db, { name: 'bi', scopes: ['health:read'], now, randomBytes })).token
  tokens.writer = (await createToken(db, { name: 'etl', scopes: ['signals:write'], now, randomBytes })).token
  tokens.owner = (await person(account?.owner ?? '')).token
  tokens.other = (await person('nobody@example.com')).token
  const parts = { ...serverParts(connection), clock, settings: () => settings }
  server = await listen(createServer(parts), { port: 0 })
})

afterAll(async () => {
  await server.close()
  await demo.close()
})

const ask = (path: string, token = tokens.program) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { authorization: `Bearer ${token}` } })

const json = async <T>(path: string, token?: string) => (await (await ask(path, token)).json()) as T

/** `fetch` asks for a fresh answer by itself, so this does without. */
function statusWith(etag: string): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${tokens.program}`, 'if-none-match': etag }
  return new Promise((resolve, reject) => {
    const asked = get(`http://127.0.0.1:${server.port}/v1/accounts?limit=3`, { headers }, response => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.on('error', reject)
  })
}

async function everyPage(path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: Page = await json<Page>(`${path}${next === '' ? '' : `&cursor=${next}`}`)
    items.push(...page.items)
    next = page.next
  }
  return items
}

describe('what programs read', () => {
  it.each(['/v1/accounts', '/v1/transitions', '/v1/alerts'])(
    '%s comes whole in pages of any size, each once',
    async path => {
      const whole = await everyPage(`${path}?limit=500`)
      const bySevens = await everyPage(`${path}?limit=7`)

      expect(whole.length).toBeGreaterThan(1)
      expect(bySevens).toEqual(whole)
    },
  )

  it.each(READS.map(({ path, operation }) => [path, operation] as const))(
    '%s answers as the document says, also to what is wrong',
    async (path, operation) => {
      const [{ account } = { account: '' }] = (await json<Page>('/v1/accounts?limit=1')).items
      const at = path.replace(':id', encodeURIComponent(String(account)))
      for (const [question, status] of [
        [at, 200],
        [`${at}?colour=red`, 400],
      ] as const) {
        const response = await ask(question)
        const checked = operation.answers[status]?.schema.safeParse(await response.json())
        expect([response.status, checked?.error?.issues]).toEqual([status, undefined])
      }
      expect((await ask(at, tokens.writer)).status).toBe(403)
      expect((await ask(at, 'nobody')).status).toBe(401)
      expect((await fetch(`http://127.0.0.1:${server.port}${at}`, { method: 'DELETE' })).status).toBe(405)
    },
  )

  it('is sent again only when it changed', async () => {
    const first = await ask('/v1/accounts?limit=3')
    const etag = first.headers.get('etag') ?? ''
    expect(await statusWith(etag)).toBe(304)

    const { connection, clock } = demo.context
    await saveAccounts(connection.db, [{ id: '0-first', name: 'First', attributes: new Map() }], clock())
    expect(await statusWith(etag)).toBe(200)
  })

  it('filters accounts by band, owner and segment as the list does', async () => {
    const all = await everyPage('/v1/accounts?limit=500')
    for (const [name, field] of [
      ['band', 'verdict'],
      ['owner', 'owner'],
      ['segment', 'segment'],
    ] as const) {
      const value = String(all.find(line => line[field] !== null)?.[field])
      const wanted = await everyPage(`/v1/accounts?limit=9&${name}=${encodeURIComponent(value)}`)
      expect(wanted).toEqual(all.filter(line => line[field] === value))
    }
  })

  it.each([
    ['/v1/accounts?limit=0', 'limit: Write a number from 1 to 500.'],
    ['/v1/accounts?cursor=%21', 'cursor: This is not a cursor that Rounds gave.'],
    ['/v1/transitions?since=lately', 'since: Write a time as 2026-11-01 or 2026-11-01T06:00:00Z.'],
    ['/v1/alerts?state=gone', 'state: Write unresolved, open, claimed, snoozed, resolved or all.'],
    ['/v1/accounts/nobody/health', 'There is no account with the id "nobody".'],
  ])('%s is refused in a sentence', async (path, sentence) => {
    expect(await json<{ error: string }>(path)).toMatchObject({ error: sentence })
  })

  it('shows confidential alerts to the owner alone', async () => {
    const ids = async (token: string) => (await json<Page>('/v1/alerts?limit=500', token)).items.map(({ id }) => id)

    expect(await ids(tokens.owner)).toContain(secret)
    expect(await ids(tokens.other)).not.toContain(secret)
    expect(await ids(tokens.program)).not.toContain(secret)
  })
})
