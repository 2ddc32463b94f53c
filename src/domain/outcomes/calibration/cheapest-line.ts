/** The line that costs least, and its cost; accounts shown below it are warned about. */
export type Line = { readonly below: number; readonly cost: number }

/** By the cost of a bad outcome that was not warned of, and of a warning for nothing. Of equals the nearest to `present`. */
export function cheapestLine(
  cases: readonly { readonly shown: number; readonly isBad: boolean }[],
  costs: { readonly missed: number; readonly falseAlarm: number },
  present: number,
): { readonly now: Line; readonly best: Line } {
  const costAt = (below: number) => {
    const missed = cases.filter(({ shown, isBad }) => isBad && shown >= below).length
    const falseAlarms = cases.filter(({ shown, isBad }) => !isBad && shown < below).length
    return missed * costs.missed + falseAlarms * costs.falseAlarm
  }
  const lines = Array.from({ length: 100 }, (_, at) => ({ below: at + 1, cost: costAt(at + 1) }))
  const [best] = lines.toSorted((a, b) => a.cost - b.cost || Math.abs(a.below - present) - Math.abs(b.below - present))
  const now = { below: present, cost: costAt(present) }
  return { now, best: best ?? now }
}
