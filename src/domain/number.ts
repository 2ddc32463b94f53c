/** Rounds to 9 decimals, so that floating noise decides nothing. */
export function withoutNoise(value: number): number {
  return Number(value.toFixed(9))
}

/** The number that people see: rounded half up to an integer, after the noise is gone. */
export function shownAs(score: number): number {
  return Math.floor(withoutNoise(score) + 0.5)
}

export function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0)
}

/** The finite number that a text spells, if it spells one. */
export function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

/**
 * Rounds each part to an integer so that together they make exactly `total`, by largest remainder.
 * `total` must be within one of the sum for each part, as a rounded sum is.
 */
export function roundedTo(total: number, parts: readonly number[]): number[] {
  const rounded = parts.map(part => Math.floor(withoutNoise(part)))
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: withoutNoise(part) - Math.floor(withoutNoise(part)) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  let missing = total - sumOf(rounded, part => part)
  for (const { index } of byRemainder) {
    if (missing <= 0) break
    rounded[index] = (rounded[index] ?? 0) + 1
    missing -= 1
  }
  return rounded
}
