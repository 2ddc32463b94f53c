import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { checkModel } from '../../src/model/load.ts'
import { listAccounts } from '../../src/store/accounts/account-list.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { fillHistory } from '../../src/work/scoring/fill-history.ts'
import { setUpModel } from '../support/model-shell.ts'
import { onTheirDays } from '../support/on-their-days.ts'
import { changed, LOOKED_AT } from '../support/sound-model.ts'

let desk: ReturnType<typeof setUpModel>

beforeEach(() => {
  desk = setUpModel()
})

afterEach(() => desk.end())

/** One account whose use falls while its NPS is at its best, scored for so many days. */
async function scored(days: number): Promise<void> {
  const connection = await desk.database()
  const { model } = checkModel(changed())
  if (model === undefined) throw new Error('the sound model is not')
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)
  const [account] = await listAccounts(connection.db)
  const mornings = Array.from({ length: days }, (_, ago) => LOOKED_AT - (days - 1 - ago) * DAY)
  const signal = (metric: string, value: number, observedAt: number) => ({
    ...{ account: account?.key ?? 0, metric, value, observedAt, receivedAt: observedAt, id: '', source: 'test' },
  })
  await addSignals(
    connection,
    mornings.flatMap((at, day) => [
      signal('seats', 100, at),
      signal('nps', 100, at),
      signal('active_users', 90 - day, at),
    ]),
  )
  await fillHistory(connection, model, onTheirDays(mornings))
  await connection.close()
}

describe('model check', () => {
  it('says that a model is valid', async () => {
    const { stdout, exit } = await desk.model('check', desk.file('m.yaml', changed()))

    expect([stdout, exit]).toEqual(['The model is valid.\n', 0])
  })

  it('ends with 1 for errors, and says where, why and what would be right', async () => {
    const file = desk.file('m.yaml', changed().replace('from: 40', 'from: 70'))

    const { stdout, exit } = await desk.model('check', file)

    expect(stdout).toMatch(
      /^Error at line 36, bands: "healthy" begins at 70, .* List the bands .*\n1 error to fix\.\n$/,
    )
    expect(exit).toBe(1)
  })

  it('ends with 0 for warnings', async () => {
    const file = desk.file('m.yaml', changed().replace('owner_role: csm', ''))

    const { stdout, exit } = await desk.model('check', file, '--json')

    expect(JSON.parse(stdout)).toEqual({
      errors: [],
      warnings: [{ path: 'segments[0].owner_role', problem: expect.any(String), remedy: expect.any(String) }],
    })
    expect(exit).toBe(0)
  })

  it('checks the model in use, which is a preset until there is another', async () => {
    desk.settingsFolder = desk.folder

    const first = await desk.model('check', '--seeds')
    desk.file('model.yaml', changed().replace('from: 40', 'from: 70'))
    const second = await desk.model('check')

    expect(first.stdout).toContain('scores exactly as the preset saas')
    expect(second.exit).toBe(1)
  })

  it('never makes a database', async () => {
    const file = desk.file('m.yaml', changed())

    const usual = await desk.model('check', file)
    const named = await desk.model('check', file, '--db', `sqlite:${join(desk.folder, 'other.db')}`)

    expect([usual.stderr, named.stderr]).toEqual(['', expect.stringContaining('There is no database')])
    expect([desk.opened, existsSync(join(desk.folder, 'rounds.db'))]).toEqual([0, false])
  })

  it('goes on without a database that it cannot read, unless it was named', async () => {
    const file = desk.file('m.yaml', changed())
    desk.file('rounds.db', 'no database, but long enough to be looked at as if it were one'.repeat(40))

    const { stdout, stderr, exit } = await desk.model('check', file)

    expect([stdout, stderr, exit]).toEqual(['The model is valid.\n', expect.stringContaining('cannot be opened'), 0])
    await expect(desk.model('check', file, '--db', desk.databaseUrl)).rejects.toMatchObject({
      code: 'cannot_open_database',
    })
  })

  it('asks nothing of a database without accounts', async () => {
    await (await desk.database()).close()

    const { stdout } = await desk.model('check', desk.file('m.yaml', changed()))

    expect(stdout).toBe('The model is valid.\n')
  })

  it('holds a model against what is stored, once there are 30 days', async () => {
    await scored(60)

    const { stdout } = await desk.model(
      'check',
      desk.file('m.yaml', changed().replace('metric: seats', 'metric: licences')),
      '--json',
    )

    expect(JSON.parse(stdout).warnings.map(({ path }: { path: string }) => path)).toEqual([
      'components[0].measures[0].per.metric',
      'components[0]',
      'components[1]',
      'caps[0]',
      'alerts[0]',
    ])
  })

  it('knows which component was a top driver', async () => {
    await scored(60)

    const { stdout } = await desk.model('check', desk.file('m.yaml', changed()), '--json')

    expect(JSON.parse(stdout).warnings.map(({ path }: { path: string }) => path)).toContain('components[1]')
    expect(JSON.parse(stdout).warnings.map(({ path }: { path: string }) => path)).not.toContain('components[0]')
  })

  it('does not say never after 29 days', async () => {
    await scored(29)

    expect((await desk.model('check', desk.file('m.yaml', changed()))).stdout).toBe('The model is valid.\n')
  })

  it('says practice by practice what the model follows', async () => {
    const { stdout } = await desk.model('check', desk.file('m.yaml', changed()), '--seeds')

    expect(stdout).toContain('\n- Four to six inputs at first; too many blur (Y, G, F, K): 2 components\n')
    expect(stdout).toContain(
      '\n✓ NPS, CSAT and CES are parts, never the whole (Y, G): surveys make 40% of the weight\n',
    )
  })

  it('says no practice of a model that is none', async () => {
    const { stdout } = await desk.model('check', desk.file('m.yaml', 'name: x\n'), '--seeds', '--json')

    expect(Object.keys(JSON.parse(stdout))).toEqual(['errors', 'warnings'])
  })

  it.each(['nowhere.yaml', '.'])('has a sentence for a file that is none: %s', async name => {
    await expect(desk.model('check', join(desk.folder, name))).rejects.toMatchObject({ code: 'no_file' })
  })
})
