import { expect, it } from 'vitest'
import { counted } from '../../src/domain/counted.ts'

it('says one of a thing as one, and thousands so that they can be read', () => {
  expect([0, 1, 2, 12_000].map(number => counted(number, 'line'))).toEqual([
    '0 lines',
    '1 line',
    '2 lines',
    '12,000 lines',
  ])
})
