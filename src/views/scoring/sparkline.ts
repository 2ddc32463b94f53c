const BARS = '▁▂▃▄▅▆▇█'

/** Scores of 0 to 100 as a line of small bars, for wherever no chart is drawn. */
export function sparkline(scores: readonly number[]): string {
  return scores.map(score => BARS[Math.min(7, Math.max(0, Math.floor(score / 12.5)))] ?? '').join('')
}
