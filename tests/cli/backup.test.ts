import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { placeWithPortfolio } from '../service/portfolio-files.ts'
import type { Place } from '../service/rounds-process.ts'

let place: Place

beforeEach(async () => {
  place = await placeWithPortfolio()
})

afterEach(() => place.close())

const at = (name: string) => join(place.folder, name)
const modeOf = (name: string) => statSync(at(name)).mode & 0o777
const list = async (db: string) => (await place.rounds('list', '--json', '--db', `sqlite:${at(db)}`)).json

describe('a backup', () => {
  it('holds everything, is readable by its owner alone, and becomes a database again', async () => {
    await place.rounds('score')

    const made = await place.rounds('backup', at('copy.db'), '--json')
    const restored = await place.rounds('restore', at('copy.db'), '--db', `sqlite:${at('new.db')}`)

    expect(made.json).toMatchObject({ file: at('copy.db'), accounts: 3 })
    expect(restored.exit).toBe(0)
    expect([modeOf('copy.db'), modeOf('new.db')]).toEqual([0o600, 0o600])
    expect(await list('new.db')).toEqual(await list('rounds.db'))
  })

  it('is made while the service runs and takes signals, and holds all that was acknowledged before', async () => {
    const service = await place.serve()
    const { stdout } = await place.rounds('token', 'create')
    const headers = { Authorization: `Bearer ${stdout.trim()}`, 'Content-Type': 'application/json' }
    let acknowledged = 0
    let isOver = false
    const sending = (async () => {
      while (!isOver) {
        const row = { account_id: 'acme', metric: 'nps', value: 1, observed_at: '2026-01-01', id: `n${acknowledged}` }
        const answer = await fetch(`${service.url}/v1/signals`, { method: 'POST', headers, body: JSON.stringify(row) })
        if (answer.status === 200) acknowledged += 1
      }
    })()

    for (const name of ['one.db', 'two.db']) {
      const before = acknowledged
      expect(await place.rounds('backup', at(name))).toMatchObject({ exit: 0, stderr: '' })
      const copy = place.open(`sqlite:${at(name)}`)
      const held = bareOf(copy).prepare("select count(*) from signals where id like 'n%'").pluck().get()
      await copy.close()
      expect(held).toBeGreaterThanOrEqual(before)
    }

    isOver = true
    await sending
    expect(acknowledged).toBeGreaterThan(0)
  })

  it('never takes the place of a file that is there', async () => {
    writeFileSync(at('copy.db'), 'the only copy')

    const said = await place.rounds('backup', at('copy.db'))

    expect([said.exit, said.stderr]).toEqual([
      1,
      expect.stringContaining('exists already, and Rounds never overwrites it'),
    ])
    expect(readFileSync(at('copy.db'), 'utf8')).toBe('the only copy')
  })

  it.each([
    ['a folder that is not there', ['backup', 'none/copy.db'], 'cannot be written'],
    ['a database that is not there', ['backup', 'copy.db', '--db', 'sqlite:./none.db'], 'There is no file ./none.db.'],
  ])('says what is wrong with %s, and leaves nothing behind', async (_, words, sentence) => {
    const said = await place.rounds(...words)

    expect([said.exit, said.stderr]).toEqual([1, expect.stringContaining(sentence)])
    expect([existsSync(at('copy.db')), existsSync(at('none.db'))]).toEqual([false, false])
  })
})

describe('restoring', () => {
  it('never overwrites a database, nor what is left of one', async () => {
    await place.rounds('backup', at('copy.db'))
    writeFileSync(at('other.db-wal'), '')

    const over = await place.rounds('restore', at('copy.db'))
    const beside = await place.rounds('restore', at('copy.db'), '--db', `sqlite:${at('other.db')}`)

    expect([over.exit, over.stderr]).toEqual([1, expect.stringContaining('restoring never overwrites a database')])
    expect([beside.exit, beside.stderr]).toEqual([1, expect.stringContaining('other.db-wal exists')])
  })

  it.each([
    [
      'is not a database',
      () => 'These are words, and enough of them to fill the header of a database file, one after another.',
    ],
    ['is another program’s', () => Buffer.alloc(0)],
    ['was cut short', () => readFileSync(at('copy.db')).subarray(0, 30_000)],
    ['is damaged inside', () => damaged(readFileSync(at('copy.db')))],
  ])('refuses a file that %s, and leaves nothing', async (_, content) => {
    await place.rounds('backup', at('copy.db'))
    writeFileSync(at('bad.db'), content())

    const said = await place.rounds('restore', at('bad.db'), '--db', `sqlite:${at('new.db')}`)

    expect(said.exit).toBe(1)
    expect(said.stderr).toMatch(/is damaged|is not a database/)
    expect(said.stderr).not.toMatch(/\n {4}at |Something broke/)
    expect(existsSync(at('new.db'))).toBe(false)
  })

  it('refuses a backup of a newer version', async () => {
    await place.rounds('backup', at('copy.db'))
    const copy = place.open(`sqlite:${at('copy.db')}`)
    bareOf(copy).exec("insert into schema_versions (name) values ('9999-tomorrow')")
    await copy.close()

    const said = await place.rounds('restore', at('copy.db'), '--db', `sqlite:${at('new.db')}`)

    expect([said.exit, said.stderr]).toEqual([
      1,
      expect.stringContaining('newer version of Rounds (it knows "9999-tomorrow")'),
    ])
    expect(existsSync(at('new.db'))).toBe(false)
  })

  it('takes one of a newer version that says that this one may go on with it', async () => {
    await place.rounds('backup', at('copy.db'))
    const copy = place.open(`sqlite:${at('copy.db')}`)
    bareOf(copy).exec("insert into schema_versions (name, oldest_reader) values ('9999-tomorrow', 1)")
    await copy.close()

    const said = await place.rounds('restore', at('copy.db'), '--db', `sqlite:${at('new.db')}`)

    expect([said.exit, said.stderr]).toEqual([0, ''])
    expect(await list('new.db')).toEqual(await list('rounds.db'))
  })
})

function damaged(bytes: Buffer): Buffer {
  for (let page = 8_192; page < bytes.length; page += 4_096) bytes.fill(0xa5, page, page + 512)
  return bytes
}
