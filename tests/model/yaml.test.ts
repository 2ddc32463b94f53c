import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/model/schema/yaml.ts'

const read = (text: string) => {
  const parsed = parseYaml(text)
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors))
  return parsed.value
}

const problemsOf = (text: string) => {
  const parsed = parseYaml(text)
  return 'errors' in parsed ? parsed.errors.map(({ path, problem }) => `${path}: ${problem}`) : []
}

describe('YAML', () => {
  it.each([
    ['a number', 'is: 007', { is: '007' }],
    ['a date', 'is: 2026-11-01', { is: '2026-11-01' }],
    ['a yes', 'is_not: true', { is_not: 'true' }],
    ['nothing', 'is: null', { is: 'null' }],
    ['a list of numbers', 'one_of: [1.0, 0x10, plain]', { one_of: ['1.0', '0x10', 'plain'] }],
  ])('keeps %s as it is written where texts are compared', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('keeps numbers as numbers everywhere else', () => {
    expect(read('{at_least: 007, above: 1.50}')).toEqual({ at_least: 7, above: 1.5 })
  })

  it.each(['at_least: 0x1F', 'a: [1, 0o17]', 'scale: {0x10: 0, 20: 100}'])('takes no numbers of machines: %s', text => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^line 1: "0[xo]\w+" is not a valid number/)])
  })

  it('lets a part be written once and used again', () => {
    expect(read('a: &days {over: 30d}\nb: *days')).toEqual({ a: { over: '30d' }, b: { over: '30d' } })
  })

  it('names the line of what is wrong', () => {
    expect(problemsOf('a: 1\nb: [1, 2\nc: 3')).toEqual([expect.stringMatching(/^line [23]: /)])
    expect(problemsOf('a: 1\n\na: 2')).toEqual([expect.stringMatching(/^line 3: .*unique/)])
  })

  it('that would take forever to unfold is refused, not unfolded', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    for (let at = 1; at < 30; at += 1) lines.push(`a${at}: &a${at} [${`*a${at - 1}, `.repeat(9)}x]`)

    expect(problemsOf(lines.join('\n'))).toEqual([expect.stringContaining('anchors')])
  })

  it('that is nested without end is refused, not followed', () => {
    expect(problemsOf(`a: ${'['.repeat(50_000)}`).length).toBeGreaterThan(0)
    expect(problemsOf(`a: ${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toEqual(expect.any(Array))
  })

  it('cannot change what all objects are', () => {
    parseYaml('__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}')

    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
