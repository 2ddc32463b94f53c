import { sql } from 'kysely'
import { expect, vi } from 'vitest'
import { startFakeSlack } from '../support/fake-slack/index.ts'
import { createPlace } from './rounds-process.ts'

/** Two built services on one database of PostgreSQL that post digests into three channels each minute. */
export async function serveDigestsEachMinute(url: string) {
  const slack = await startFakeSlack()
  const rooms = ['one', 'two', 'three'].map(name => slack.addChannel(name))
  const digests = rooms.map(({ id }, n) => `{name: digest-${n}, schedule: "* * * * *", to: "slack:${id}"}`)
  const place = createPlace({ 'digests.yaml': `digests: [${digests.join(', ')}]` }, url)
  Object.assign(place.env, slack.env('http'))
  const connection = place.open()
  // So slow that something can happen meanwhile.
  await sql`create function wait() returns trigger language plpgsql as
    'begin perform pg_sleep(0.3); return new; end'`.execute(connection.db)
  for (const table of ['digest_runs', 'outbox']) {
    await sql`create trigger wait before insert or update on ${sql.table(table)} for each row execute function wait()`.execute(
      connection.db,
    )
  }
  const services = [await place.serve(), await place.serve()]

  return {
    services,
    place,
    connection,
    /** All of at least so many minutes were built once, and posted once, or once more with a mark. */
    async expectOnceEach(minutes: number): Promise<void> {
      const ended = ['sent', 'dead'] as const
      const unsent = connection.db.selectFrom('outbox').select(['id', 'state']).where('state', 'not in', ended)
      const built = connection.db.selectFrom('digest_runs').select(['digest', 'slot'])
      const allIsOut = async () => {
        expect((await built.execute()).length).toBeGreaterThanOrEqual(minutes * rooms.length)
        expect(await unsent.execute()).toEqual([])
      }
      await vi.waitFor(allIsOut, { timeout: 90_000, interval: 500 })

      const runs = await built.execute()
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
    async close(): Promise<void> {
      await connection.close()
      await place.close()
      await slack.stop()
    },
  }
}
