import { type RawBuilder, sql } from 'kysely'
import { afterEach, expect, it } from 'vitest'
import { isPostgres } from '../../migrations/types.ts'
import { type AlertWorld, createAlertWorld, settle } from '../support/alert-world.ts'

let world: AlertWorld

afterEach(() => world.close())

async function unannounced() {
  const alerts = world.connection.db.selectFrom('alerts').innerJoin('accounts', 'accounts.key', 'alerts.account')
  const rows = await alerts.select('accounts.id').distinct().where('pending_news', 'is not', null).execute()
  return rows.map(({ id }) => id)
}

it('announces every alert but the one that fails, and that one as soon as it can', async () => {
  world = await createAlertWorld({
    accounts: ['acme', 'bolt', 'corp'].map(id => ({ id, name: id })),
    routes: ({ id }) => `{storm: {alerts: 100}, routes: [{alerts: [at_risk], to: ["slack:${id}"]}]}`,
  })
  const { db } = world.connection
  const { key } = await db.selectFrom('accounts').select('key').where('id', '=', 'bolt').executeTakeFirstOrThrow()
  const isBroken = sql`when (old.account = ${sql.lit(key)} and new.pending_news is null)`
  for (const statement of isPostgres(db) ? onPostgres(isBroken) : onSqlite(isBroken)) await statement.execute(db)
  for (const id of ['acme', 'bolt', 'corp']) await world.fall(id, '2026-11-01')

  await world.stop()
  world.passTo('2026-11-02T06:00:05')
  await world.start()
  await world.tick()
  expect(await unannounced()).toEqual(['bolt'])

  const dropped = isPostgres(db) ? sql`drop trigger bolt_fails on alerts` : sql`drop trigger bolt_fails`
  await dropped.execute(world.connection.db)
  await world.tick()
  await settle(world)
  const posts = world.slack.messages(world.room).map(({ shown }) => shown)
  expect(posts.filter(shown => shown.includes(': At risk'))).toHaveLength(3)
})

const onSqlite = (when: RawBuilder<unknown>) => [
  sql`create trigger bolt_fails before update of pending_news on alerts ${when}
    begin select raise(abort, 'broken'); end`,
]
const onPostgres = (when: RawBuilder<unknown>) => [
  sql`create function fail() returns trigger language plpgsql as 'begin raise exception ''broken''; end'`,
  sql`create trigger bolt_fails before update of pending_news on alerts for each row ${when} execute function fail()`,
]
