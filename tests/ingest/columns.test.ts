import { describe, expect, it } from 'vitest'
import { columnsIn } from '../../src/ingest/cells/columns.ts'

const read = (...header: string[]) => columnsIn('x.csv', header, ['id'], ['id', 'renewal_on', 'plan tier']).names

describe('the columns of a file', () => {
  it.each([
    ['case', 'Renewal_On'],
    ['blanks', 'Renewal on'],
    ['hyphens', 'renewal-on'],
    ['nothing between the words', 'RenewalOn'],
    ['a character that nobody sees', 'renewal_on\u200B'],
    ['a no-break space', 'renewal\u00A0on'],
    ['wide letters', 'ｒenewal_on'],
  ])('are known whatever their %s', (_, written) => {
    expect(read('ID', written)).toEqual(['id', 'renewal_on'])
  })

  it('are known by the name that a settings file gives them', () => {
    expect(read('id', 'Plan_Tier')).toEqual(['id', 'plan tier'])
  })

  it('keep the name that the file gives them when Rounds knows none', () => {
    expect(read('id', ' Account Owner ')).toEqual(['id', 'Account Owner'])
  })

  it.each([
    ['a known one', ['id', 'Renewal on', 'renewal_on']],
    ['a free one', ['id', 'Health score', 'health_score']],
    ['a required one', ['id', 'ID']],
  ])('may not stand twice: %s', (_, header) => {
    expect(() => read(...header)).toThrow('twice')
  })
})
