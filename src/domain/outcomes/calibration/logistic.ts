/** What a fit learns from: risks by component, each 0-1, and whether it went badly. */
export type Example = { readonly risks: readonly number[]; readonly isBad: boolean }

export type Fit = { readonly intercept: number; readonly slopes: readonly number[] }

/** Keeps slopes finite if the examples are perfectly separable. */
const RIDGE = 1e-5
const MOST_STEPS = 60

/**
 * Logistic regression with slopes that are never negative, drawn toward the direction of the present weights: the
 * penalty is half of `strength` times the squared distance of the slopes from that direction, so that how steep the
 * whole is costs nothing. Newton's method; each step solves its quadratic program by coordinate descent
 * (Friedman, Hastie and Tibshirani 2010). With infinite strength only the steepness is fitted.
 */
export function fitLogistic(examples: readonly Example[], weights: readonly number[], strength: number): Fit {
  const length = Math.hypot(...weights) || 1
  const direction = weights.map(weight => weight / length)
  if (strength === Infinity) {
    const along = examples.map(({ risks, isBad }) => ({ risks: [dot(risks, direction)], isBad }))
    const { intercept, slopes } = fitLogistic(along, [1], 0)
    return { intercept, slopes: direction.map(part => part * (slopes[0] ?? 0)) }
  }
  const size = weights.length + 1
  const rows = examples.map(({ risks }) => [1, ...risks])
  const labels = examples.map(({ isBad }) => (isBad ? 1 : 0))
  const penalty = penaltyOf(direction, strength)
  const bad = labels.reduce<number>((sum, label) => sum + label, 0)
  const share = Math.min(1 - 1e-3, Math.max(1e-3, bad / Math.max(1, labels.length)))
  let at = [Math.log(share / (1 - share)), ...new Array<number>(size - 1).fill(0)]
  let loss = lossAt(rows, labels, penalty, at)
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const move = newtonMove(rows, labels, penalty, at)
    let [next, nextLoss, scale] = [at, loss, 1]
    for (; scale > 1e-6; scale /= 2) {
      next = at.map((value, index) => value + scale * (move[index] ?? 0))
      nextLoss = lossAt(rows, labels, penalty, next)
      if (nextLoss <= loss) break
    }
    if (scale <= 1e-6 || loss - nextLoss < 1e-10) break
    ;[at, loss] = [next, nextLoss]
  }
  const [intercept = 0, ...slopes] = at
  return { intercept, slopes: slopes.map(slope => Math.max(0, slope)) }
}

/** The mean negative log-likelihood of examples under a fit. */
export function logLoss(examples: readonly Example[], { intercept, slopes }: Fit): number {
  const losses = examples.map(({ risks, isBad }) => softplus((isBad ? -1 : 1) * (intercept + dot(risks, slopes))))
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

/** The penalty's matrix; the intercept goes free. */
function penaltyOf(direction: readonly number[], strength: number): number[][] {
  const size = direction.length + 1
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  direction.forEach((a, i) => {
    const row = matrix[i + 1] ?? []
    direction.forEach((b, j) => {
      row[j + 1] = strength * ((i === j ? 1 : 0) - a * b) + (i === j ? RIDGE : 0)
    })
  })
  return matrix
}

function lossAt(
  rows: readonly number[][],
  labels: readonly number[],
  penalty: readonly number[][],
  at: readonly number[],
): number {
  let sum = 0
  rows.forEach((row, index) => {
    const z = dot(row, at)
    sum += softplus(z) - (labels[index] ?? 0) * z
  })
  const drawn = penalty.reduce((total, row, i) => total + (at[i] ?? 0) * dot(row, at), 0)
  return sum / rows.length + drawn / 2
}

function newtonMove(
  rows: readonly number[][],
  labels: readonly number[],
  penalty: readonly number[][],
  at: readonly number[],
): number[] {
  const size = at.length
  const gradient = penalty.map(row => dot(row, at))
  const curvature = penalty.map((row, i) => row.map((value, j) => value + (i === j ? 1e-9 : 0)))
  rows.forEach((row, index) => {
    const chance = 1 / (1 + Math.exp(-dot(row, at)))
    const [error, weight] = [(chance - (labels[index] ?? 0)) / rows.length, (chance * (1 - chance)) / rows.length]
    for (let i = 0; i < size; i += 1) {
      const value = row[i] ?? 0
      gradient[i] = (gradient[i] ?? 0) + error * value
      const line = curvature[i] ?? []
      for (let j = 0; j < size; j += 1) line[j] = (line[j] ?? 0) + weight * value * (row[j] ?? 0)
    }
  })
  return boundedMove(gradient, curvature, at)
}

/** The move that the quadratic model likes best and that leaves no slope below zero. */
function boundedMove(gradient: readonly number[], curvature: readonly number[][], at: readonly number[]): number[] {
  const move = new Array<number>(at.length).fill(0)
  for (let sweep = 0; sweep < 500; sweep += 1) {
    let largest = 0
    for (let i = 0; i < move.length; i += 1) {
      const row = curvature[i] ?? []
      const before = move[i] ?? 0
      const free = before - ((gradient[i] ?? 0) + dot(row, move)) / (row[i] || 1)
      const next = i === 0 ? free : Math.max(free, -(at[i] ?? 0))
      move[i] = next
      largest = Math.max(largest, Math.abs(next - before))
    }
    if (largest < 1e-9) break
  }
  return move
}

function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
