import { clamped, type Estimate, Z95 } from './estimate.ts'

/** A share with Wilson's score interval, without correction (Wilson 1927; Newcombe 1998, method 3). Undefined of nothing. */
export function wilson(count: number, of: number): Estimate | undefined {
  if (of === 0) return undefined
  const [share, z2] = [count / of, Z95 * Z95]
  const middle = share + z2 / (2 * of)
  const reach = Z95 * Math.sqrt((share * (1 - share) + z2 / (4 * of)) / of)
  const scale = 1 + z2 / of
  return { value: share, low: clamped((middle - reach) / scale), high: clamped((middle + reach) / scale) }
}
