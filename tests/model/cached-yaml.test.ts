import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { presetNames, readPreset } from '../../src/model/presets.ts'
import { parseYaml } from '../../src/model/schema/yaml.ts'
import { cachedYaml } from '../../src/startup/cached-yaml.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const newFolder = () => join(mkdtempSync(join(temporaryFolder(), 'rounds-kept-')), 'of-this-build')
const TEXTS = [
  ...presetNames().map(readPreset),
  '{}',
  '',
  'is: 007\nzero: -0\nlargest: .inf\nnone: ~\n2: two\n',
  'first: &part { weight: 3 }\nsecond: *part\n',
  '__proto__: { weight: 3 }\n',
]

it('what is kept of a text is what reading it says, to the last bit', () => {
  const folder = newFolder()
  for (const text of TEXTS) {
    const said = [cachedYaml(folder)(text), cachedYaml(folder)(text)]
    expect(said).toStrictEqual([parseYaml(text), parseYaml(text)])
  }
  expect(readdirSync(folder)).toHaveLength(TEXTS.length)
})

it('a text that is refused is refused each time, and nothing is kept of it', () => {
  const folder = newFolder()
  cachedYaml(folder)('{}')
  const said = [cachedYaml(folder)('a: 1\na: 2\n'), cachedYaml(folder)('a: 1\na: 2\n')]

  expect(said[0]).toHaveProperty('errors')
  expect(said[1]).toEqual(said[0])
  expect(readdirSync(folder)).toHaveLength(1)
})

it('what the disk has damaged is read again', () => {
  const folder = newFolder()
  cachedYaml(folder)('weight: 3')
  for (const file of readdirSync(folder)) writeFileSync(join(folder, file), 'nothing that was kept')

  expect(cachedYaml(folder)('weight: 3')).toEqual({ value: { weight: 3 } })
})

it('reads where nothing may be kept', () => {
  const file = join(newFolder(), '..', 'file')
  writeFileSync(file, '')

  expect(cachedYaml(join(file, 'folder'))('weight: 3')).toEqual({ value: { weight: 3 } })
})
