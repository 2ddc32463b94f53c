import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import type { Signal } from '../../src/domain/sources/signal.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { countDistinctUsers } from '../../src/work/sources/count-users.ts'
import { NOW, type Service, serverParts, startService } from './service.ts'

const SOURCES = `
segment:
  events: {"Signed In": logins}
  distinct_users: {metric: active_users, over: 3d}
`

/** What a program says once, and may say again: the door it goes to, and a row. */
type Said = { readonly door: string; readonly row: Readonly<Record<string, unknown>> }

const account = fc.constantFrom('acme', 'globex')
const day = fc.integer({ min: 0, max: 9 }).map(days => new Date(NOW - days * DAY - 1_000).toISOString())
const user = fc.constantFrom('u1', 'u2', 'u3')

/** Numbered, so that nothing is said twice with other words: order would count then, as DOMAIN says it does. */
const log = fc
  .array(
    fc.oneof(
      fc.record({ door: fc.constant('/v1/signals'), account_id: account, value: fc.integer(), observed_at: day }),
      fc.record({
        door: fc.constant('/v1/comments'),
        account_id: account,
        text: fc.string({ minLength: 1 }),
        observed_at: day,
      }),
      fc.record({ door: fc.constant('/v1/batch'), groupId: account, userId: user, timestamp: day }),
      fc.record({
        door: fc.constant('/v1/batch'),
        groupId: account,
        traits: fc.dictionary(fc.constantFrom('plan', 'seats', 'arr'), fc.nat(9)),
      }),
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map(entries => entries.map((entry, at) => said(entry, at)))

type Entry = { readonly door: string; readonly traits?: object; readonly groupId?: string; readonly text?: string }

function said({ door, ...entry }: Entry, at: number): Said {
  const id = `m${at}`
  if (door !== '/v1/batch')
    return { door, row: { ...entry, ...(door === '/v1/signals' && { metric: 'nps' }), ...textOf(entry), id } }
  const timestamp = new Date(NOW - DAY - at).toISOString()
  if (entry.traits !== undefined) return { door, row: { timestamp, ...entry, type: 'group', messageId: id } }
  const { groupId, ...event } = entry
  return { door, row: { ...event, type: 'track', event: 'Signed In', context: { groupId }, messageId: id } }
}

/** A comment needs words. */
function textOf({ text }: Pick<Entry, 'text'>) {
  return text === undefined ? {} : { text: `It is ${text}`, sentiment: 0 }
}

/** The log once, in order, one row a request; and in another order, in parts, some of them again and again. */
const replayed = log.chain(log =>
  fc.record({
    log: fc.constant(log),
    again: fc
      .tuple(
        fc.shuffledSubarray(log, { minLength: log.length }),
        fc.array(fc.constantFrom(...log), { maxLength: 20 }),
        fc.integer({ min: 1, max: 7 }),
      )
      .map(([all, more, size]) => ({ said: [...more.slice(0, 5), ...all, ...more], size })),
  }),
)

it('gives the same database, whatever log is sent again, whole or in parts, how often and in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(replayed, async ({ log, again }) => {
      const [once, often] = [await open(), await open()]
      try {
        for (const { door, row } of log) await send(once, door, [row])
        await send(often, '/v1/signals', [])
        for (const [door, rows] of partsOf(again.said, again.size)) {
          await send(often, door, rows)
          if (rows.length % 2 === 0) await count(often)
        }
        await count(once)
        await count(often)

        expect(await contentOf(often)).toEqual(await contentOf(once))
      } finally {
        await once.end()
        await often.end()
      }
    }),
    { numRuns: 15 },
  )
}, 240_000)

async function open(): Promise<Service> {
  const service = await startService(['signals:write', 'accounts:write', 'comments:write'], SOURCES)
  await send(service, '/v1/accounts', [{ id: 'globex', name: 'Globex' }])
  return service
}

/** Rows that follow one another and go to one door, at most so many in a request. */
function partsOf(log: readonly Said[], size: number): [door: string, rows: Said['row'][]][] {
  const parts: [string, Said['row'][]][] = []
  for (const { door, row } of log) {
    const last = parts.at(-1)
    if (last !== undefined && last[0] === door && last[1].length < size) last[1].push(row)
    else parts.push([door, [row]])
  }
  return parts
}

async function send(service: Service, door: string, rows: readonly Said['row'][]): Promise<void> {
  const [status, answer] = await service.post(door === '/v1/batch' ? { batch: rows } : rows, door)
  expect([status, answer.rejects]).toEqual([200, []])
}

function count({ connection }: Service): Promise<void> {
  const parts = serverParts(connection, SOURCES)
  return countDistinctUsers({ ...parts, settings: parts.settings() } as unknown as Context)
}

async function contentOf({ connection }: Service) {
  const { db, engine } = connection
  const keys = [...(await findAccountKeys(db))].sort()
  const ofEach = (read: (key: number) => Promise<readonly Signal[]>) =>
    Promise.all(keys.map(async ([id, key]) => [id, (await read(key)).map(signal => JSON.stringify(signal)).sort()]))
  const all = (query: string) => bareOf(connection).prepare(query).all()
  return {
    signals: await ofEach(key => engine.signals.read(db, key, NOW + DAY)),
    earlier: await ofEach(async key => (await engine.signals.readEarlierVersions(db, key, NOW)).filter(isSent)),
    attributes: all('select account, attribute, value from account_attributes order by 1, 2'),
    comments: all('select id, text, sentiment from comments order by 1'),
    users: all('select count(*), count(distinct hash) from tracked_users'),
    seen: all('select day, account, count(*) from users_seen group by 1, 2 order by 1, 2'),
  }
}

/** Counts of users are corrected as more is heard. */
function isSent({ metric }: Signal): boolean {
  return metric !== 'active_users'
}
