import { describe, expect, it } from 'vitest'
import { type MayAsk, refusalOf, type Standing, worseStanding } from '../../src/domain/people/admission.ts'

type Case = readonly [string, Standing | undefined, { isNamed: boolean; mayAsk: MayAsk }, string | undefined]

const named = { isNamed: true, mayAsk: 'workspace' } as const
const unnamed = { isNamed: false, mayAsk: 'workspace' } as const
const peopleOnly = { isNamed: false, mayAsk: 'people' } as const

describe('who may ask', () => {
  it.each<Case>([
    ['a member', 'member', unnamed, undefined],
    ['a guest', 'guest', unnamed, 'guest'],
    ['a guest whom the people file names', 'guest', named, undefined],
    ['somebody of another company', 'outsider', unnamed, 'outsider'],
    ['somebody of another company whom the people file names', 'outsider', named, undefined],
    ['somebody of whom nothing is known', undefined, unnamed, 'unknown'],
    ['a person of whom the platform tells nothing now', undefined, named, undefined],
    ['a bot, whatever the people file says', 'bot', named, 'bot'],
    ['somebody deactivated, whatever the people file says', 'deactivated', named, 'deactivated'],
    ['a member where only people may ask', 'member', peopleOnly, 'not_a_person'],
    ['a person where only people may ask', 'member', { isNamed: true, mayAsk: 'people' }, undefined],
  ])('%s', (_, standing, rules, expected) => {
    expect(refusalOf(standing, rules)).toBe(expected)
  })

  it('believes the worse of what came in and what the platform says', () => {
    expect(worseStanding('outsider', 'member')).toBe('outsider')
    expect(worseStanding('outsider', 'deactivated')).toBe('deactivated')
    expect(worseStanding(undefined, 'guest')).toBe('guest')
    expect(worseStanding(undefined, undefined)).toBeUndefined()
  })
})
