/** Milliseconds of processor time that work takes, the least of a few runs: others on the machine disturb it little. */
export async function best(runs: number, work: (run: number) => unknown): Promise<number> {
  let least = Infinity
  for (let run = 0; run < runs; run += 1) {
    const start = process.cpuUsage()
    await work(run)
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** One line, its ratio first. */
export function report(name: string, ratio: number, words: string): void {
  console.log(`${name.padEnd(12)} ${ratio.toFixed(ratio < 10 ? 2 : 0).padStart(6)} x  ${words}`)
}
