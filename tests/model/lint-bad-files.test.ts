import { describe, expect, it } from 'vitest'
import { errorsOf, SOUND_MODEL } from '../support/sound-model.ts'

const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]']
for (const [at, name] of [...'bcdefgh'].entries()) {
  const before = 'abcdefgh'[at]
  laughs.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`)
}

describe('a file that is no model is refused in words', () => {
  it.each<[string, string, RegExp]>([
    ['an empty one', '', /no keys/],
    ['a list', '- a\n- b\n', /no keys/],
    ['10 MB', `name: x\n#${'x'.repeat(10 * 1024 * 1024)}`, /larger than 256 KB/],
    ['anchors that explode', laughs.join('\n'), /anchors/],
    ['a tag that runs code', 'name: !!js/function "function () { process.exit(3) }"\n', /tag/i],
    ['a tag of its own', 'name: !exec "rm -rf /"\n', /tag/i],
    ['doubled keys', `${SOUND_MODEL}\nname: again\n`, /unique/i],
    ['broken YAML', 'name: [a\n', /./],
    ['binary rubbish', '\u0000\u0001\u0002', /./],
    ['two documents', 'name: a\n---\nname: b\n', /./],
  ])('%s', (_, text, problem) => {
    const errors = errorsOf(text)

    expect(errors.length).toBeGreaterThan(0)
    expect(errors.some(error => problem.test(error.problem))).toBe(true)
    for (const error of errors)
      expect(error).toEqual({
        path: expect.stringMatching(/./),
        problem: expect.any(String),
        remedy: expect.stringMatching(/./),
      })
  })

  it('keys that mean something to JavaScript', () => {
    const errors = errorsOf(`${SOUND_MODEL}\n__proto__: {polluted: true}\nconstructor: 1\n`)

    expect(errors.length).toBeGreaterThan(0)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
