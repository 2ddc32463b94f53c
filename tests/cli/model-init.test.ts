import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseInstant } from '../../src/domain/time/time-text.ts'
import { presetNames, readPreset } from '../../src/model/presets.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { setUpModel } from '../support/model-shell.ts'
import { warningsOf } from '../support/sound-model.ts'

let desk: ReturnType<typeof setUpModel>

beforeEach(() => {
  desk = setUpModel()
})

afterEach(() => desk.end())

const text = (...path: string[]) => readFileSync(join(desk.folder, ...path), 'utf8')

describe('model init', () => {
  it.each(presetNames())('copies %s to the letter, with settings that the service starts with', async name => {
    const dir = join(desk.folder, 'new', name)

    const { exit } = await desk.model('init', '--preset', name, '--dir', dir)

    expect(exit).toBe(0)
    expect(text('new', name, 'model.yaml')).toBe(readPreset(name))
    expect(readdirSync(dir).sort()).toEqual(['digests.yaml', 'model.yaml', 'routes.yaml'])
    expect(loadSettings(dir)).toMatchObject({ model: { name }, digests: [] })
  })

  it('has examples that are valid once the comment signs are gone', async () => {
    await desk.model('init', '--preset', 'saas', '--dir', desk.folder)
    writeFileSync(
      join(desk.folder, 'digests.yaml'),
      text('digests.yaml')
        .replace('[]', '')
        .replace(/^#(?= {2})/gm, ''),
    )

    expect(loadSettings(desk.folder).digests).toMatchObject([
      { name: 'morning', to: { platform: 'slack', channel: 'C0123456789' } },
    ])
  })

  it('writes to the folder of ROUNDS_CONFIG, and makes it', async () => {
    desk.settingsFolder = join(desk.folder, 'mine')

    const { stdout } = await desk.model('init', '--preset', 'akita', '--json')

    expect(JSON.parse(stdout)).toEqual({
      preset: 'akita',
      folder: desk.settingsFolder,
      written: ['model.yaml', 'digests.yaml', 'routes.yaml'],
    })
    expect(text('mine', 'model.yaml')).toContain('name: akita')
  })

  it('leaves a model that is there as it is', async () => {
    const path = desk.file('model.yaml', 'mine')

    await expect(desk.model('init', '--preset', 'saas', '--dir', desk.folder)).rejects.toMatchObject({
      code: 'model_exists',
      message: expect.stringContaining('already exists'),
    })
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect(readdirSync(desk.folder)).toEqual(['model.yaml'])
  })

  it('leaves the other files that are there as they are', async () => {
    desk.file('routes.yaml', 'mine')

    const { stdout } = await desk.model('init', '--preset', 'saas', '--dir', desk.folder, '--json')

    expect(JSON.parse(stdout).written).toEqual(['model.yaml', 'digests.yaml'])
    expect(text('routes.yaml')).toBe('mine')
  })

  it.each([
    ['saass', 'Did you mean "saas"?'],
    ['your-cx', 'Did you mean "yourcx"?'],
    ['KPI_Depot', 'Did you mean "kpi-depot"?'],
    ['../../etc/passwd', 'There are akita'],
    ['quantum', 'There are akita'],
  ])('names the nearest of %s, and writes nothing', async (name, hint) => {
    const dir = join(desk.folder, 'new')

    await expect(desk.model('init', '--preset', name, '--dir', dir)).rejects.toMatchObject({
      code: 'unknown_preset',
      hint: expect.stringContaining(hint),
    })
    expect(existsSync(dir)).toBe(false)
  })

  it('asks which preset, when none is named', async () => {
    await expect(desk.model('init')).rejects.toMatchObject({ code: 'usage', hint: expect.stringContaining('yourcx') })
  })

  it('says so when nothing can be written', async () => {
    const path = desk.file('taken', '')

    await expect(desk.model('init', '--preset', 'saas', '--dir', join(path, 'config'))).rejects.toMatchObject({
      code: 'cannot_write',
    })
  })

  it('dates the review of a copy that is made long after', async () => {
    desk.now = parseInstant('2028-05-04T09:00') ?? 0
    mkdirSync(join(desk.folder, 'late'))

    await desk.model('init', '--preset', 'retail', '--dir', join(desk.folder, 'late'))

    expect(text('late', 'model.yaml')).toContain('\nreviewed_on: 2028-05-04\n')
    expect(warningsOf(text('late', 'model.yaml'), undefined, desk.now)).toEqual([])
  })
})
