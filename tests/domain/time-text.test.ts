import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../src/domain/time/time-text.ts'

describe('an instant in ISO 8601', () => {
  it('is read back as it was written', () => {
    const instant = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) })
    fc.assert(fc.property(instant, at => parseInstant(new Date(at).toISOString()) === at))
  })

  it.each([
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2025-04-31T00:00:00.000Z',
    '2025-13-01T00:00:00Z',
    '2025-00-10T00:00:00Z',
    '2025-01-00T00:00:00Z',
    '2025-01-01T25:00:00Z',
    '2025-01-01T00:60:00Z',
  ])('does not exist on %s', text => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it.each(['2024-02-29T00:00:00Z', '2000-02-29T12:00:00.000Z'])('exists in a leap year: %s', text => {
    expect(parseInstant(text)).toBe(Date.parse(text))
  })
})
