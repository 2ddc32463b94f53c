import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/scoring/score.ts'
import { type Attributes, accountOf, modelOfMeasure, NOW, signal } from '../support/world-of-scores-in-memory.ts'

/** Whether a cap holds whose condition is written so in the model's file. */
function capHolds(condition: string, attributes: Attributes): boolean | undefined {
  const cap = `caps:\n  - {when: ${condition}, at_most: 10, because: it holds}`
  const model = modelOfMeasure('metric: it, take: latest, scale: {0: 0, 100: 100}', cap)
  return assess(model, accountOf([signal('it', 1, 50)], attributes), NOW).caps[0]?.holds
}

describe('is, is_not and one_of compare text as written', () => {
  it.each([
    ['{attribute: plan, is: pro}', 'pro', true],
    ['{attribute: plan, is: pro}', 'Pro', false],
    ['{attribute: plan, is: pro}', 'pro ', false],
    ['{attribute: plan, is: 007}', '007', true],
    ['{attribute: plan, is: 007}', '7', false],
    ['{attribute: plan, is: 7}', '7', true],
    ['{attribute: plan, is: 7}', '7.0', false],
    ['{attribute: plan, is: 1.0}', '1.0', true],
    ['{attribute: plan, is: 1.0}', '1', false],
    ['{attribute: plan, is: 1e3}', '1e3', true],
    ['{attribute: plan, is: 1e3}', '1000', false],
    ['{attribute: plan, is: 0x10}', '0x10', true],
    ['{attribute: plan, is: true}', 'true', true],
    ['{attribute: plan, is: True}', 'True', true],
    ['{attribute: plan, is: True}', 'true', false],
    ['{attribute: plan, is: no}', 'no', true],
    ['{attribute: plan, is: null}', 'null', true],
    ['{attribute: plan, is: 2026-11-01}', '2026-11-01', true],
    ['{attribute: plan, is: "007"}', '007', true],
    ['{attribute: plan, is_not: 007}', '7', true],
    ['{attribute: plan, is_not: 007}', '007', false],
    ['{attribute: plan, one_of: [007, 1.0, true]}', '1.0', true],
    ['{attribute: plan, one_of: [007, 1.0, true]}', '1', false],
    ['{attribute: plan, one_of: [007, 1.0, true]}', 'true', true],
  ])('%s of %j: %s', (condition, plan, holds) => {
    expect(capHolds(condition, { plan })).toBe(holds)
  })
})

describe('the other comparisons need numbers', () => {
  it.each([
    ['{attribute: seats, at_least: 10}', '10', true],
    ['{attribute: seats, at_least: 10}', '10.0', true],
    ['{attribute: seats, at_least: 10}', '9.99', false],
    ['{attribute: seats, at_most: 10}', '10', true],
    ['{attribute: seats, above: 10}', '10', false],
    ['{attribute: seats, above: 10}', '10.01', true],
    ['{attribute: seats, below: 10}', '10', false],
    ['{attribute: seats, below: 10}', '-3', true],
    ['{attribute: seats, below: 10}', 'many', false],
    ['{not: {attribute: seats, below: 10}}', 'many', false],
  ])('%s of %j: %s', (condition, seats, holds) => {
    expect(capHolds(condition, { seats })).toBe(holds)
  })
})

describe('an attribute in a condition', () => {
  const plan = [
    { from: NOW - 20, value: 'basic' },
    { from: NOW - 10, value: 'pro' },
    { from: NOW, value: undefined },
  ]
  it.each([
    ['has the value it had then', -1, 'pro'],
    ['changes at the instant of its change', -10, 'pro'],
    ['has its first value before that was known', -1000, 'basic'],
    ['is missing from when it was cleared', 0, undefined],
  ])('%s', (_, after, value) => {
    expect(accountOf([], { plan }).attribute('plan', NOW + after)).toBe(value)
  })
})
