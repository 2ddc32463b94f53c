/** Rounds to 9 decimals, so that floating-point noise decides nothing. */
export function withoutNoise(value: number): number {
  return Number(value.toFixed(9))
}

/** The number that people see: rounded half up to an integer, after the noise is gone. */
export function shownAs(score: number): number {
  const beyond = score + 0.5 - Math.floor(score + 0.5)
  // Taking away the noise is slow, and only decides beside a half.
  return Math.floor((beyond > 1e-6 && beyond < 1 - 1e-6 ? score : withoutNoise(score)) + 0.5)
}

/** Two numbers that differ only by floating-point noise are equal. */
export function isEqual(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}

export function isAtLeast(a: number, b: number): boolean {
  return a >= b || isEqual(a, b)
}

export function isAbove(a: number, b: number): boolean {
  return a > b && !isEqual(a, b)
}

/** Compensated summation (Neumaier): what each addition loses is added at the end, so that eighteen times 4.6 is 82.8. */
export function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  let [sum, lost] = [0, 0]
  for (const item of items) {
    const next = value(item)
    lost += lostIn(sum, next)
    sum += next
  }
  return sum + lost
}

/** The rounding error of `sum + next`. */
export function lostIn(sum: number, next: number): number {
  const total = sum + next
  return Math.abs(sum) >= Math.abs(next) ? sum - total + next : next - total + sum
}

/** Decimal digits, perhaps with a sign, a point and an exponent: `0x1F` is not a number. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** The finite number that a text spells, if it spells one. */
export function numberIn(text: string | undefined): number | undefined {
  const written = text?.trim()
  if (written === undefined || !DECIMAL.test(written)) return undefined
  const value = Number(written)
  return Number.isFinite(value) ? value : undefined
}

/**
 * Rounds each part to an integer so that together they make exactly `total`, by largest remainder.
 * `total` must be within one of the sum for each part, as a rounded sum is.
 */
export function roundedTo(total: number, parts: readonly number[]): number[] {
  const exact = parts.map(withoutNoise)
  const rounded = exact.map(Math.floor)
  const byRemainder = exact
    .map((part, index) => ({ index, remainder: part - Math.floor(part) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  let missing = total - sumOf(rounded, part => part)
  for (const { index } of byRemainder) {
    if (missing <= 0) break
    rounded[index] = (rounded[index] ?? 0) + 1
    missing -= 1
  }
  return rounded
}
