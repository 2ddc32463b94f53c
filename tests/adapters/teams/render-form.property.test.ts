import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readForm, readValues } from '../../../adapters/teams/inbound/read-values.ts'
import { sizeOf } from '../../../adapters/teams/render/limits.ts'
import { renderForm } from '../../../adapters/teams/render/render-form.ts'
import type { Field } from '../../../src/views/form.ts'
import { complaintsAbout, elementsIn, type Json, submittedBy, textsIn } from '../../support/adaptive-card.ts'
import { anyText } from '../any-card.ts'
import { anyForm, somethingFor } from '../any-form.ts'

describe('whatever a form asks', () => {
  it('it is a card that Teams knows, its words act nowhere, and what was chosen comes back', () => {
    fc.assert(
      fc.property(anyForm, fc.nat(50), anyText, fc.boolean(), (form, seed, sentence, typeahead) => {
        const values = Object.fromEntries(form.fields.map(field => [field.id, somethingFor(field, seed)]))
        const errors = { f0: sentence, elsewhere: sentence }

        const card = renderForm(form, { values, errors, typeahead })

        expect(complaintsAbout(card)).toEqual([])
        expect(sizeOf(card)).toBeLessThanOrEqual(24_000)
        const data = submittedBy(card)
        expect(readValues(form, data)).toEqual(values)
        expect(readForm(data)?.form).toMatchObject({ id: 'any', state: form.state, fields: form.fields.map(idOf) })
        expect(textsIn(card).filter(text => !text.startsWith('typed') && /\{\{|\$\{/.test(text))).toEqual([])
        expect(markdownIn(card)).toEqual([])
      }),
      { numRuns: 80, interruptAfterTimeLimit: 10_000 },
    )
  })
})

function idOf({ id, kind }: Field) {
  return { id, kind }
}

/** Labels of boxes and of options at sight, which clients draw as markdown, with something in them that acts there. */
function markdownIn(card: Json): readonly string[] {
  const drawn = elementsIn(card).filter(({ style, isMultiSelect }) => style === 'expanded' || isMultiSelect === true)
  const titles = drawn.flatMap(({ choices }) => (choices as { title: string }[]).map(({ title }) => title))
  return titles.filter(title => /[*`~[<\\]|:\/\/|^#|^-|^\d+\. /.test(title))
}
