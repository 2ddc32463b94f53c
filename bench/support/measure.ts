/** Milliseconds: of the processor, and on the wall. The processor's are compared, for others on the machine disturb them little. */
export type Cost = { readonly cpu: number; readonly wall: number }

type Work = (round: number) => unknown

/**
 * The median cost of each contestant. They take turns, so that whatever else happens on the machine happens to all of
 * them; a first round warms up and does not count.
 */
export async function alternate<Name extends string>(
  contestants: Readonly<Record<Name, Work>>,
  rounds = 5,
): Promise<Record<Name, Cost>> {
  const names = Object.keys(contestants) as Name[]
  const costs = new Map<Name, Cost[]>(names.map(name => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const cost = await costOf(() => contestants[name](round))
      if (round > 0) costs.get(name)?.push(cost)
    }
  }
  return Object.fromEntries(names.map(name => [name, medianCost(costs.get(name) ?? [])])) as Record<Name, Cost>
}

/** Garbage of the one before is collected first, so that nobody pays for another. */
export async function costOf(work: () => unknown): Promise<Cost> {
  globalThis.gc?.()
  const [cpu, start] = [process.cpuUsage(), performance.now()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / 1_000, wall: performance.now() - start }
}

export function medianCost(costs: readonly Cost[]): Cost {
  return { cpu: median(costs.map(({ cpu }) => cpu)), wall: median(costs.map(({ wall }) => wall)) }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
