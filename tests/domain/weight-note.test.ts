import { expect, it } from 'vitest'
import { weightNote } from '../../src/domain/model/weight-note.ts'

it.each([
  ["KPI Depot's own, whose mean is 1", [1.5, 1.2, 1, 0.8, 0.5]],
  ['equal ones', [1, 1, 1]],
  ['a single one', [1]],
  ['tenths, whose sum floats', [0.7, 1.1, 1.2]],
])('takes weights with a mean of 1 as they are: %s', (_, weights) => {
  expect(weightNote(weights)).toBeUndefined()
})

it.each([
  ['percentages', [60, 20, 20], 'The weights add up to 100 and are normalized: each counts as its share.'],
  ['a mean of 2', [3, 2, 1], 'The weights add up to 6 and are normalized: each counts as its share.'],
  ['fractions of 1', [0.1, 0.2, 0.7], 'The weights add up to 1 and are normalized: each counts as its share.'],
])('says that others are normalized: %s', (_, weights, note) => {
  expect(weightNote(weights)).toBe(note)
})
