export type Goal = { readonly limit: number; readonly wanted: 'at most' | 'at least' }

type Figure = { readonly name: string; readonly value: number; readonly goal: Goal }

type Result = {
  readonly bench: string
  /** What it does, in a sentence for the table. */
  readonly what: string
  readonly ratio: number
  readonly goal: Goal
  /** What has a goal besides the ratio. */
  readonly also?: readonly Figure[]
  /** How it came to be: sizes, times (`_ms`, `_us`), bytes. */
  readonly details?: Readonly<Record<string, number | string>>
  /** Contestants that are not installed here. */
  readonly leftOut?: readonly string[]
}

/** One line of JSON; at a terminal also one for people. */
export function report({ bench, what, ratio, goal, also = [], details = {}, leftOut = [] }: Result): void {
  const holds = [{ value: ratio, goal }, ...also].every(figure => isReached(figure))
  const figures = also.flatMap(({ name, value, goal }) => [
    [name, rounded(value)],
    [`${name}_goal`, goal.limit],
    [`${name}_wanted`, goal.wanted],
  ])
  const plain = Object.entries(details).map(([key, value]) => [key, typeof value === 'number' ? rounded(value) : value])
  const line = {
    ...{ bench, ratio: rounded(ratio), goal: goal.limit, wanted: goal.wanted, holds },
    ...Object.fromEntries([...figures, ...plain]),
    ...(leftOut.length > 0 && { left_out: leftOut }),
    what,
  }
  console.log(JSON.stringify(line))
  if (!process.stderr.isTTY) return
  const words = [{ name: 'ratio', value: ratio, goal }, ...also].map(
    ({ name, value, goal }) => `${name} ${rounded(value)} (${goal.wanted} ${goal.limit})`,
  )
  console.error(`${holds ? 'holds ' : 'MISSED'} ${bench.padEnd(14)} ${words.join(', ')}`)
}

export function atMost(limit: number): Goal {
  return { limit, wanted: 'at most' }
}

export function atLeast(limit: number): Goal {
  return { limit, wanted: 'at least' }
}

function isReached({ value, goal }: { readonly value: number; readonly goal: Goal }): boolean {
  return goal.wanted === 'at most' ? value <= goal.limit : value >= goal.limit
}

/** Three digits are as many as a measurement has. */
function rounded(value: number): number {
  return Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3))
}
