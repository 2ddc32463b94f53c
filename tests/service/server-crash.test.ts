import { randomInt, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Connection } from '../../src/store/engine/engine.ts'
import { type Channel, type FakeSlack, startFakeSlack } from '../support/fake-slack/index.ts'
import { makeTemplate, startServer } from '../support/postgres-server.ts'
import { createPostgres } from '../support/test-database.ts'
import { createPlace, type Place } from './rounds-process.ts'

const CRASHES = Number(process.env.ROUNDS_HARMS ?? 4)
const MINUTE = 60_000

/** Two built services that post digests each minute, on a server that crashes as they are built and sent. */
describe.runIf(process.env.ROUNDS_LONG)(`a server that crashes ${CRASHES} times while digests go out`, () => {
  let server: Awaited<ReturnType<typeof startServer>>
  let place: Place
  let slack: FakeSlack
  let rooms: Channel[]
  let connection: Connection

  beforeEach(async () => {
    server = await startServer(join(tmpdir(), `rounds-crash-${randomUUID()}`))
    const { url } = await createPostgres({ url: server.url, template: await makeTemplate(server.url) })
    slack = await startFakeSlack()
    rooms = ['one', 'two', 'three'].map(name => slack.addChannel(name))
    const digests = rooms.map(({ id }, n) => `{name: digest-${n}, schedule: "* * * * *", to: "slack:${id}"}`)
    place = createPlace({ 'digests.yaml': `digests: [${digests.join(', ')}]` }, url)
    Object.assign(place.env, slack.env('http'))
    connection = place.open()
    // So slow that something can happen meanwhile.
    await sql`create function wait() returns trigger language plpgsql as
      'begin perform pg_sleep(0.3); return new; end'`.execute(connection.db)
    for (const table of ['digest_runs', 'outbox']) {
      await sql`create trigger wait before insert or update on ${sql.table(table)} for each row execute function wait()`.execute(
        connection.db,
      )
    }
    await place.serve()
    await place.serve()
  }, 180_000)

  afterEach(async () => {
    await connection.close()
    await place.close()
    await slack.stop()
    await server.stop()
  })

  it(
    'builds each digest once, and posts it once, or once more with a mark',
    async () => {
      for (let crash = 0; crash < CRASHES; crash += 1) {
        await rest(MINUTE - (Date.now() % MINUTE) + randomInt(4_000))
        await server.crash(randomInt(2_000))
      }
      await vi.waitFor(async () => expect(await unsent()).toEqual([]), { timeout: 90_000, interval: 500 })

      const runs = await connection.db.selectFrom('digest_runs').select(['digest', 'slot']).execute()
      expect(runs.length).toBeGreaterThan(CRASHES)
      expect(new Set(runs.map(({ digest, slot }) => `${digest} ${slot}`)).size).toBe(runs.length)
      const slots = await connection.db.selectFrom('slots').select('state').distinct().execute()
      expect(slots.filter(({ state }) => !['done', 'skipped'].includes(state))).toEqual([])
      for (const room of rooms) {
        const sent = await connection.db.selectFrom('outbox').select('id').where('to_channel', '=', room.id).execute()
        const unmarked = slack.messages(room).filter(({ shown }) => !shown.includes('appear here twice'))
        expect(unmarked.length).toBeLessThanOrEqual(sent.length)
        expect(slack.messages(room).length).toBeGreaterThanOrEqual(sent.length)
      }
    },
    180_000 + CRASHES * 80_000,
  )

  const unsent = () =>
    connection.db.selectFrom('outbox').select(['id', 'state']).where('state', 'not in', ['sent', 'dead']).execute()
})
