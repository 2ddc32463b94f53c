import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { startFakeSlack } from '../support/fake-slack/index.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { createPlace, type Place, type Said } from './rounds-process.ts'

let place: Place

beforeEach(() => {
  place = createPlace({ 'model.yaml': SMALL_MODEL })
})

afterEach(() => place.close())

/** A refusal is a sentence or two, and no stack. */
function expectRefusal(said: Said, sentence: string | RegExp, exit = 1) {
  expect(said.stderr).toMatch(sentence)
  expect(said.stderr).not.toMatch(/\n {4}at |node:internal|Error:/)
  expect(said.stdout).toBe('')
  expect(said.exit).toBe(exit)
}

describe('the service does not start', () => {
  it('beside another on the same database, and the first goes on', async () => {
    const first = await place.serve()

    const second = await place.serveToTheEnd()

    expectRefusal(second, 'Another Rounds is already running on this database.')
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200)
  })

  it('on a port that is taken, and does nothing more', async () => {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0

    expectRefusal(await place.serveToTheEnd({ PORT: String(port) }), `Port ${port} cannot be used`)
    server.close()
  })

  it('with a token that Slack refuses', async () => {
    const slack = await startFakeSlack()
    const env = { ...slack.env('http'), SLACK_BOT_TOKEN: 'xoxb-of-yesterday' }

    expectRefusal(await place.serveToTheEnd(env), /slack refuses Rounds: invalid_auth/i)
    await slack.stop()
  })

  it('with half of what Slack needs', async () => {
    expectRefusal(await place.serveToTheEnd({ SLACK_BOT_TOKEN: 'xoxb-1' }), 'SLACK_')
  })

  it.each([
    ['a port that is none', { PORT: 'abc' }, 'PORT is "abc", not a port number.'],
    ['a log level that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
    ['a database that it cannot open', { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL names no database'],
    ['a folder for the database that is not there', { DATABASE_URL: 'sqlite:./none/x.db' }, 'cannot be opened'],
    ['a folder for the settings that is not there', { ROUNDS_CONFIG: './none' }, 'There is no folder ./none.'],
  ])('with %s', async (_, env, sentence) => {
    expectRefusal(await place.serveToTheEnd(env), sentence)
  })

  it('on a database of a newer version', async () => {
    const connection = place.open()
    await migrate(connection, [...MIGRATIONS, { name: '9999-tomorrow', up: async () => {} }])
    await connection.close()

    expectRefusal(await place.serveToTheEnd(), 'written by a newer version of Rounds (it knows "9999-tomorrow")')
    expectRefusal(await place.command('list', '--json'), 'written by a newer version of Rounds')
  })
})

describe('a copy that was broken off', () => {
  it('is refused by the service and by commands, and says how to finish it', async () => {
    const connection = place.open()
    await migrate(connection)
    await connection.db.insertInto('meta').values({ name: 'copy_under_way', value: 'yes' }).execute()
    await connection.close()

    expectRefusal(await place.serveToTheEnd(), /rounds\.db is a copy that is not finished\.\nRun `.*rounds copy --to`/)
    expectRefusal(await place.command('list'), 'is a copy that is not finished.')
  })
})

describe('a damaged database', () => {
  it('that is no database gets a sentence', async () => {
    place.write('rounds.db', 'These are words, and no database at all; there are enough of them to fill a header.')

    expectRefusal(await place.serveToTheEnd(), 'rounds.db cannot be opened: file is not a database.')
    expectRefusal(await place.command('list'), 'rounds.db cannot be opened: file is not a database.')
  })

  it.each([
    ['everywhere behind its first page', 4_096, 4_096],
    ['in the middle', 20 * 4_096, 8 * 4_096],
  ])('%s gets a sentence that says how to save it', async (_, step, from) => {
    const connection = place.open()
    await migrate(connection)
    bareOf(connection).pragma('wal_checkpoint(TRUNCATE)')
    await connection.close()
    const path = join(place.folder, 'rounds.db')
    const bytes = readFileSync(path)
    for (let at = from; at < bytes.length; at += step) bytes.set(randomBytes(2_048), at)
    writeFileSync(path, bytes)

    expectRefusal(await place.serveToTheEnd(), /rounds\.db is damaged\.\nPut a backup in its place/, 3)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('that was cut short gets a sentence', async () => {
    const connection = place.open()
    await migrate(connection)
    await connection.close()
    const path = join(place.folder, 'rounds.db')
    writeFileSync(path, readFileSync(path).subarray(0, 10_000))

    expectRefusal(await place.serveToTheEnd(), /rounds\.db is damaged/, 3)
    expectRefusal(await place.command('list'), /rounds\.db is damaged/)
  })
})

describe('one database', () => {
  it('is free again after kill -9', async () => {
    const first = await place.serve()
    await first.kill()

    const second = await place.serve()

    expect((await fetch(`${second.url}/healthz`)).status).toBe(200)
  })

  it('is open to commands beside the service', async () => {
    await place.serve()
    place.write('accounts.csv', 'id,name\nacme,Acme\n')

    const said = await place.command('import', 'accounts', 'accounts.csv', '--json')

    expect(said.json).toMatchObject({ added: 1 })
    expect((await place.command('list', '--json')).json).toMatchObject([{ account: 'acme' }])
  })

  it('is brought up to date once, though several commands meet on a new file', async () => {
    const said = await Promise.all(Array.from({ length: 4 }, () => place.command('list', '--json')))

    expect(said.map(({ exit, stderr }) => [exit, stderr])).toEqual(said.map(() => [0, '']))
    const connection = place.open()
    const versions = bareOf(connection).prepare('SELECT count(*) FROM schema_versions').pluck().get()
    expect(versions).toBe(MIGRATIONS.length)
    await connection.close()
  })

  it('has one service, though two start at once on a new file', async () => {
    const started = await Promise.allSettled([place.serve(), place.serve()])

    expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(String(started.find(({ status }) => status === 'rejected')?.['reason' as never])).toContain(
      'Another Rounds is already running',
    )
  })
})

describe('the settings', () => {
  it('that are wrong at the start are refused, with the path, the reason and the remedy', async () => {
    place.write('model.yaml', SMALL_MODEL.replace('weight: 60', 'weight: 0'))

    expectRefusal(
      await place.serveToTheEnd(),
      /model.yaml is refused:\n +line 6, components\[0\]\.weight: A weight of 0 has no effect\. Write a number above 0/,
    )
  })

  it('that become wrong are refused while the last good ones stay in use; fixed ones are taken', async () => {
    const service = await place.serve()

    place.write('model.yaml', SMALL_MODEL.replace('from: 40', 'form: 40'))
    await vi.waitFor(() => expect(service.log()).toContain('the last good ones stay in use'), { timeout: 15_000 })
    expect(service.log()).toContain('Did you mean \\"from\\"?')
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200)

    place.write('model.yaml', SMALL_MODEL.replace('name: small', 'name: mended'))
    await vi.waitFor(() => expect(service.log()).toMatch(/"model":"mended".*new settings are in use/), {
      timeout: 15_000,
    })
  }, 40_000)

  it('may be a folder with nothing in it', async () => {
    mkdirSync(join(place.folder, 'empty'))

    const service = await place.serve({ ROUNDS_CONFIG: join(place.folder, 'empty') })

    expect(service.log()).toContain('"model":"saas"')
  })
})
