import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { presetData, tableOf } from './preset-data.ts'

const page = readFileSync(new URL('../../docs/data.md', import.meta.url), 'utf8')
const presets = [...presetData()]

it.each(presets)('says what the preset %s reads', (name, metrics) => {
  const [, section = ''] = page.split(`\n## ${name}\n`)

  expect(section.split('\n## ')[0]).toContain(tableOf(metrics))
})

it('says of every metric where it usually comes from, and of no other', () => {
  const [, from = ''] = page.split('## Where metrics come from')
  const named = [...(from.split('\n## ')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, metric]) => metric)
  const read = presets.flatMap(([, metrics]) => metrics.map(({ metric }) => metric))

  expect(new Set(named)).toEqual(new Set(read))
})
