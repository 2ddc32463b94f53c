import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watch } from '../../src/cli/sources/watch.ts'
import type { Context } from '../../src/context.ts'
import { atRest, lookInto } from '../../src/ingest/folder/waiting-files.ts'
import { silentLog } from '../../src/log.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { sourcesSchema } from '../../src/model/sources.ts'
import { platforms } from '../../src/platforms.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { loadWaitingFile } from '../../src/work/sources/load-folder.ts'
import { watchFolders } from '../../src/work/sources/watch-folders.ts'
import { type Bench, runVerb, setUpImport } from '../support/csv-import.ts'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  await bench.import('accounts', bench.file('accounts.csv', 'id,name\nacme,Acme\n'))
  renameSync(join(bench.folder, 'accounts.csv'), join(bench.folder, '.accounts.csv'))
})

afterEach(() => bench.end())

const HEADER = 'account_id,metric,value,observed_at\n'
const load = (file: string) =>
  loadWaitingFile(
    {
      connection: bench.connection,
      settings: undefined,
      clock: () => bench.now,
      who: 'cron',
      platforms,
      isHistory: false,
    },
    bench.folder,
    file,
  )
const inside = (folder: string) => readdirSync(join(bench.folder, folder)).sort()
const signals = () => bench.connection.engine.signals.read(bench.connection.db, 1, bench.now)
const values = async () => (await signals()).map(({ value }) => value)
const back = (file: string) => renameSync(join(bench.folder, 'done', file), join(bench.folder, file))

describe('a file in a watched folder', () => {
  it('is loaded as its name says and moves to done, its bad rows to rejected', async () => {
    bench.file('signals-2025-12-01.csv', `${HEADER}acme,nps,9,2025-12-01\nnobody,nps,9,2025-12-01\n`)

    const done = await load('signals-2025-12-01.csv')

    expect(done).toMatchObject({ outcome: 'loaded', kind: 'signals', report: { added: 1, rejected: 1 } })
    expect(await values()).toEqual([9])
    expect(inside('done')).toEqual(['signals-2025-12-01.csv'])
    expect(inside('rejected')).toEqual(['signals-2025-12-01.csv.rejects.csv'])
  })

  it('that cannot be read at all moves to rejected, with the reason beside it', async () => {
    bench.file('signals.csv', 'account,what\nacme,nps\n')
    bench.file('report.csv', `${HEADER}acme,nps,9,2025-12-01\n`)

    expect(await load('signals.csv')).toMatchObject({ outcome: 'refused' })
    expect(await load('report.csv')).toMatchObject({ outcome: 'refused' })

    expect(inside('rejected')).toEqual(['report.csv', 'report.csv.why.txt', 'signals.csv', 'signals.csv.why.txt'])
    expect(readFileSync(join(bench.folder, 'rejected/report.csv.why.txt'), 'utf8')).toContain(
      'The name of report.csv does not say what it holds. Begin it with accounts',
    )
  })

  it('is loaded once: the same again only moves, a changed one of the same name is loaded', async () => {
    bench.file('signals.csv', `${HEADER}acme,nps,9,2025-12-01\n`)
    await load('signals.csv')

    bench.file('signals.csv', `${HEADER}acme,nps,9,2025-12-01\n`)
    expect(await load('signals.csv')).toEqual({ file: 'signals.csv', outcome: 'known' })
    bench.file('signals.csv', `${HEADER}acme,nps,3,2025-12-01\n`)
    expect(await load('signals.csv')).toMatchObject({ outcome: 'loaded', report: { changed: 1 } })

    expect(await values()).toEqual([3])
    expect(inside('done')).toHaveLength(3)
  })

  it('changes nothing the second time, whether a kill came before its mark or before its move', async () => {
    const rows = Array.from({ length: 50 }, (_, day) => `acme,logins,${day},2025-${1 + (day % 12)}-0${1 + (day % 9)}`)
    bench.file('signals.csv', HEADER + rows.map(row => row.replace(/-(\d)-/, '-0$1-')).join('\n'))
    await load('signals.csv')
    const before = await signals()

    back('signals.csv')
    expect(await load('signals.csv')).toMatchObject({ outcome: 'known' })
    back('signals.csv')
    await bench.connection.db.deleteFrom('loaded_files').execute()
    expect(await load('signals.csv')).toMatchObject({ report: { added: 0, changed: 0 } })

    expect(await signals()).toEqual(before)
  })

  it('stays where it is while the database cannot take it', async () => {
    bench.file('signals.csv', `${HEADER}acme,nps,9,2025-12-01\n`)
    bareOf(bench.connection).pragma('query_only = on')

    await expect(load('signals.csv')).rejects.toThrow('The database cannot be written.')

    expect(existsSync(join(bench.folder, 'signals.csv'))).toBe(true)
  })
})

it('waits for a file that is still being written, and leaves unfinished ones and folders alone', async () => {
  mkdirSync(join(bench.folder, 'signals-old.csv'))
  bench.file('signals.csv.part', HEADER)
  bench.file('signals.csv', HEADER)
  bench.file('people.csv', 'email\n')
  const before = await lookInto(bench.folder)

  bench.file('signals.csv', `${HEADER}acme,nps,9,2025-12-01\n`)

  expect(atRest(before, await lookInto(bench.folder))).toEqual(['people.csv'])
})

it('rounds watch --once loads what is there, accounts before their signals, and ends with 2 when rows were rejected', async () => {
  bench.file('signals.csv', `${HEADER}globex,nps,9,2025-12-01\nnobody,nps,1,2025-12-01\n`)
  bench.file('accounts.csv', 'id,name\nglobex,Globex\n')

  const said = await runVerb(watch, bench.connection, bench.now, ['watch', bench.folder, '--once'])

  expect(said.stdout).toContain('accounts.csv: accounts, 1 added')
  expect(said.stdout).toContain('signals.csv: signals, 1 added, 0 changed, 0 unchanged, 1 rejected')
  expect(said.exit).toBe(2)
})

const USAGE = 'date,company_id,weekly_active_users,seats\n2025-12-01,acme,14,20\n2025-12-02,acme,15,20\n'

it('rounds watch --map reads files whose columns a mapping explains, whatever they are called', async () => {
  bench.file('export (3).csv', USAGE)

  const words = ['watch', bench.folder, '--once', '--map', 'usage-daily']
  const said = await runVerb(watch, bench.connection, bench.now, words)

  expect(said.stdout).toContain('export (3).csv: usage-daily, 4 added')
  expect(inside('done')).toEqual(['export (3).csv'])
})

it('the service loads what appears in the folders of sources.yaml, once nobody writes to it', async () => {
  const settings = {
    ...loadSettings(undefined),
    folder: bench.folder,
    sources: sourcesSchema.parse({ folders: [{ folder: '.', map: 'usage-daily' }] }),
  }
  const { connection } = bench
  const context = { connection, settings, clock: () => bench.now, platforms, log: silentLog } as unknown as Context
  const look = watchFolders('service')
  bench.file('usage.csv', USAGE.slice(0, 60))

  await look(context, 'me')
  bench.file('usage.csv', USAGE)
  await look(context, 'me')
  expect(await signals()).toEqual([])
  await look(context, 'me')

  expect(await signals()).toHaveLength(4)
  expect(inside('done')).toEqual(['usage.csv'])
})
