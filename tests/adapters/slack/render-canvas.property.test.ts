import fc from 'fast-check'
import { expect, it } from 'vitest'
import { renderCanvas } from '../../../adapters/slack/canvas/render-canvas.ts'
import { cardPage } from '../../../src/views/page/page.ts'
import { anyCard, anyText } from '../any-card.ts'

it('writes any text into a canvas as its characters: no mention, link, heading, table or emphasis', () => {
  fc.assert(
    fc.property(anyText, text => {
      const { markdown } = renderCanvas({ title: '', summary: '', parts: [{ kind: 'text', text }] })
      const unescaped = markdown.replace(/\\[\\`*_[\]<>|~#!{}()+=\d-]/g, '')

      expect(unescaped).not.toMatch(/[\\`*[\]<>|~#!{}()+]|(?<!\p{L}|\p{N})_|@(?!\u2060)|:\/\//u)
      for (const line of markdown.split('\n')) expect(line).not.toMatch(/^(\s*[-+=] |\d+[.)] |>)/)
    }),
  )
})

it('puts any card on a page in which the only tags and attributes are our own', () => {
  fc.assert(
    fc.property(anyCard, card => {
      const html = cardPage(card).replace(/<style>.*?<\/style>/s, '')
      const tags = html.match(/<[^>]*>/g) ?? []
      const strange = tags.filter(tag => !OURS.test(tag))

      expect(strange).toEqual([])
      expect(html.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/)
    }),
  )
})

const NAMES =
  'html|head|meta|title|style|body|main|h1|h2|p|br|span|a|table|thead|tbody|tr|th|td|figure|svg|desc|path|text|circle|rect'
const OURS = new RegExp(`^(<!doctype html|</?(${NAMES})( [a-zA-Z-]+="[^"<>]*")*/?)>$`)
