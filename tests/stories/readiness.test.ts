import { describe, expect, it } from 'vitest'
import { evaluateMornings, MORNING, presetModel, storyAccount } from '../support/story-days.ts'
import { findStory } from '../support/story-outcome.ts'

const model = presetModel('saas')

function readyOnTheLastMornings(id: string): boolean[] {
  return evaluateMornings(model, storyAccount(findStory(id)), MORNING, 3).map(({ status }) => status.expansionReady)
}

describe('ready to expand', () => {
  it('is an account whose seats are full and who asks for an add-on', () => {
    expect(readyOnTheLastMornings('full-house')).toEqual([true, true, true])
  })

  it('comes a fortnight after the question about an add-on, on the morning itself', () => {
    expect(readyOnTheLastMornings('larkspur')).toEqual([false, false, true])
  })

  it.each(['one-bad-day', 'one-user', 'sponsor-left', 'no-data'])('is not %s, healthy or not', id => {
    expect(readyOnTheLastMornings(id)).toEqual([false, false, false])
  })
})
