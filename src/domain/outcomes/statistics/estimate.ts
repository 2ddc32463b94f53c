/** A figure with its 95 % interval. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number }

/** The 97.5 % point of the normal distribution. */
export const Z95 = 1.959963984540054

/** Within 0 and 1, where rounding or a plain interval would leave them. */
export function clamped(value: number): number {
  return Math.min(1, Math.max(0, value))
}
