import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clean, oneLine } from '../../adapters/characters.ts'

const ACTS_UNSEEN = /(?!\n)\p{Cc}|\p{Bidi_Control}|\ufeff|\p{Cs}/u

it('leaves nothing that acts unseen, and composes what can be composed, whichever character it is', () => {
  const left: string[] = []
  for (let code = 0; code < 0x20000; code += 1) {
    const text = clean(`a${String.fromCodePoint(code)}\u0301b`)
    const alone = clean(String.fromCodePoint(code))
    if ([text, alone].some(it => ACTS_UNSEEN.test(it) || it !== it.normalize('NFC'))) left.push(code.toString(16))
  }

  expect(left).toEqual([])
})

it('makes one line of any text, with single blanks between its words', () => {
  const words = fc.constantFrom('a', 'é', '🔴', '…', ' ', '  ', '\n', '\t', '\u00a0', '\u2003', '\r\n', '\u2028')

  fc.assert(
    fc.property(fc.array(words), parts => {
      const text = parts.join('')
      expect(oneLine(text)).toBe(text.split(/\s+/u).filter(Boolean).join(' '))
    }),
  )
})
