import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coreOfName, foldSpelling } from '../../src/domain/accounts/name-fold.ts'

describe('a name as people type it', () => {
  it.each([
    ['Straße AG', 'STRASSE ag'],
    ['Müller GmbH', 'mueller gmbh'],
    ['Müller GmbH', 'muller gmbh'],
    ['Mueller', 'müller'],
    ['Jäger & Söhne', 'jaeger und sohne'],
    ['Jørgensen', 'joergensen'],
    ['Jørgensen', 'jorgensen'],
    ['Ålborg', 'aalborg'],
    ['Æther', 'aether'],
    ['Œuvre', 'oeuvre'],
    ['Łódź', 'lodz'],
    ['Đorđević', 'dordevic'],
    ['Þórsson', 'thorsson'],
    ['Işık', 'ISIK'],
    ['İstanbul', 'istanbul'],
    ['Soﬁa', 'sofia'],
    ['ＡＢＣ', 'abc'],
    ['O’Brien', "o'brien"],
    ['O’Brien', 'obrien'],
    ['Hewlett-Packard', 'hewlett packard'],
    ['Bang & Olufsen', 'bang and olufsen'],
    ['Bang & Olufsen', 'Bang + Olufsen'],
    ['Acme™', 'acme'],
    ['Σίσυφος', 'σισυφοσ'],
  ])('takes %s and %s for one', (name, typed) => {
    expect(foldSpelling(typed)).toBe(foldSpelling(name))
  })

  it.each([
    ['Acme, Inc.', 'acme'],
    ['Müller GmbH & Co. KG', 'Mueller'],
    ['Łódź Sp. z o.o.', 'lodz'],
    ['Enel S.p.A.', 'enel'],
    ['Vestas A/S', 'VESTAS'],
    ['Merck KGaA', 'merck'],
    ['J.P. Morgan & Co.', 'JP Morgan'],
    ['T-Mobile', 'tmobile'],
  ])('takes %s and %s for one but for the legal form and the spaces', (name, typed) => {
    expect(coreOfName(foldSpelling(typed))).toBe(coreOfName(foldSpelling(name)))
  })

  it.each([
    ['が', 'か'],
    ['कि', 'क'],
    ['Acme', 'Acne'],
  ])('tells %s and %s apart', (a, b) => {
    expect(foldSpelling(a)).not.toBe(foldSpelling(b))
  })

  it.each(['🚀', '***', 'Inc', 'And', '&'])('leaves something of %s', name => {
    expect(foldSpelling(name)).not.toBe('')
    expect(coreOfName(foldSpelling(name))).not.toBe('')
  })

  it('is the same however often, and whatever the case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), name => {
        expect(foldSpelling(` ${name} `)).toBe(foldSpelling(name))
        expect(foldSpelling(name.normalize('NFD'))).toBe(foldSpelling(name.normalize('NFC')))
      }),
    )
  })
})
