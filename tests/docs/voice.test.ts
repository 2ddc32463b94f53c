import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../../docs/voice.md', import.meta.url), 'utf8')

it('has ten examples, each with what it would strike and what it would write instead', () => {
  const [, table = ''] = page.split('## Ten examples')
  const examples = [...table.matchAll(/^\| (`.+?`.*?) \| (`.+?`) \| .+ \|$/gm)]

  expect(examples).toHaveLength(10)
  expect(examples.filter(([, before, after]) => before === after)).toEqual([])
})
