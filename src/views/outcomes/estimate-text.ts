import type { Estimate } from '../../domain/outcomes/statistics/estimate.ts'
import { percent } from '../../domain/percent.ts'

/** "0.71 (0.66 to 0.76)": never a figure without its interval. */
export function estimateText({ value, low, high }: Estimate): string {
  return `${decimals(value)} (${decimals(low)} to ${decimals(high)})`
}

/** "32% (24% to 41%)" */
export function shareText({ value, low, high }: Estimate): string {
  return `${percent(value)} (${percent(low)} to ${percent(high)})`
}

export function decimals(value: number): string {
  return value.toFixed(2)
}
