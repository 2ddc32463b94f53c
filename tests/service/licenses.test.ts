import { describe, expect, it } from 'vitest'
import { type Component, licenseProblems, missingComponents } from '../../lint/licenses.mjs'

const component = (license: string, more: Partial<Component> = {}): Component => ({
  name: 'left-pad',
  version: '1.0.0',
  licenses: [/ (OR|AND) /.test(license) ? { expression: license } : { license: { id: license } }],
  ...more,
})
const development = [{ name: 'cdx:npm:package:development', value: 'true' }]

describe('the licenses of what Rounds needs', () => {
  it.each(['MIT', 'ISC', 'Apache-2.0', 'MIT OR Apache-2.0', '(MIT OR GPL-3.0)', 'BSD-3-Clause AND MIT'])(
    'may be %s',
    license => {
      expect(licenseProblems([component(license)])).toEqual([])
    },
  )

  it.each(['GPL-3.0-only', 'AGPL-3.0', 'LGPL-2.1', 'MPL-2.0', 'MIT AND GPL-2.0', 'SSPL-1.0', 'UNLICENSED'])(
    'may not be %s',
    license => {
      expect(licenseProblems([component(license)])).toEqual([
        expect.stringContaining(`left-pad 1.0.0 is under ${license}`),
      ])
    },
  )

  it('may not be missing', () => {
    const { licenses: _, ...bare } = component('MIT')

    expect(licenseProblems([bare, component('', {})])).toHaveLength(2)
  })

  it('may be MPL for the tools of development that are listed, and for nothing that runs', () => {
    const tool = { name: 'lightningcss-linux-x64-gnu' }

    expect(licenseProblems([component('MPL-2.0', { ...tool, properties: development })])).toEqual([])
    expect(licenseProblems([component('MPL-2.0', tool)])).toHaveLength(1)
    expect(licenseProblems([component('MPL-2.0', { properties: development })])).toHaveLength(1)
  })
})

it('the document has everything that is installed', () => {
  const scoped = component('MIT', { group: '@slack', name: 'bolt', version: '5.1.0' })

  expect(missingComponents([scoped], ['@slack/bolt@5.1.0', 'yaml@2.9.1'])).toEqual(['yaml@2.9.1'])
})
