import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesFor } from '../../../adapters/terminal/lines.ts'
import { narrowLines } from '../../../adapters/terminal/narrow-lines.ts'
import { wideLines } from '../../../adapters/terminal/wide-lines.ts'

const narrow = fc.constantFrom(...'ab   \n—●é€→')
const any = fc.oneof(
  narrow,
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  fc.integer({ min: 0x20, max: 0x2800 }).map(code => String.fromCodePoint(code)),
)
const text = fc.oneof(fc.string({ unit: narrow, maxLength: 80 }), fc.string({ unit: any, maxLength: 80 }))

describe('the lines of a card in a terminal', () => {
  it('are the same whether or not Unicode is asked about', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 30 }), async (text, columns) => {
        const { width, wrap } = await linesFor({ parts: [{ text }] })

        expect(wrap(text, columns)).toBe(wideLines.wrap(text, columns))
        for (const line of text.split('\n')) expect(width(line)).toBe(wideLines.width(line))
      }),
      { numRuns: 500, interruptAfterTimeLimit: 10_000 },
    )
  })

  it('count each character alone as Unicode does, wherever it stands', async () => {
    const all = Array.from({ length: 0xffff - 0x20 }, (_, n) => String.fromCharCode(n + 0x20))
    for (const text of all) {
      const lines = await linesFor({ text })
      if (lines === narrowLines) expect(wideLines.width(text), text).toBe(1)
    }
  })

  it('need no more than counting where a card says what Rounds says', async () => {
    expect(await linesFor({ title: 'Nørdic Öl — 12 → 9 points', parts: [{ text: '● “ready”\n▁▂▃' }] })).toBe(
      narrowLines,
    )
    expect(await linesFor({ title: '東京', parts: [] })).toBe(wideLines)
  })
})
