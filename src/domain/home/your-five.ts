/** An account as its owner's morning weighs it. */
export type Candidate = {
  readonly id: string
  readonly arr?: number
  /** The chance that it leaves, where one is shown: 0 to 1. */
  readonly chance?: number
  /** The score that people see. */
  readonly shown?: number
  /** Where its healthy band begins. */
  readonly healthyFrom: number
  /** Negative once the renewal is past. */
  readonly daysToRenewal?: number
  readonly hasAlert: boolean
}

const NEAR_DAYS = 30
const FAR_DAYS = 180
const LEAST_NEAR = 0.3

/** 1 within 30 days of the renewal, falling to 0.3 at 180 days and beyond, and where no renewal is known. */
export function nearness(daysToRenewal: number | undefined): number {
  if (daysToRenewal === undefined || daysToRenewal < -NEAR_DAYS) return LEAST_NEAR
  const far = Math.max(0, daysToRenewal - NEAR_DAYS) / (FAR_DAYS - NEAR_DAYS)
  return Math.max(LEAST_NEAR, 1 - (1 - LEAST_NEAR) * far)
}

/** What is at stake with an account now: ARR times the chance that it leaves times how near its renewal is. */
export function worthOf(candidate: Candidate, medianArr: number): number {
  const { arr = medianArr, chance, shown, healthyFrom, daysToRenewal } = candidate
  const below = shown === undefined ? 0 : Math.max(0, healthyFrom - shown) / 100
  return Math.max(0, arr) * (chance ?? below) * nearness(daysToRenewal)
}

/**
 * The accounts that need their owner most, up to a fixed number, and how many more there are with something
 * at stake. Of equal worth those with an open alert come first.
 */
export function yourFive<T extends Candidate>(
  candidates: readonly T[],
  medianArr: number,
  most: number,
): { readonly chosen: readonly T[]; readonly rest: number } {
  const weighed = candidates
    .map(candidate => ({ candidate, worth: withoutNoise(worthOf(candidate, medianArr)) }))
    .filter(({ candidate, worth }) => worth > 0 || candidate.hasAlert)
    .sort((a, b) => b.worth - a.worth || before(a.candidate, b.candidate))
  const chosen = weighed.slice(0, most).map(({ candidate }) => candidate)
  return { chosen, rest: weighed.length - chosen.length }
}

/** Values that differ only by floating-point noise are equal, whatever their size. */
function withoutNoise(worth: number): number {
  return Number(worth.toPrecision(9))
}

function before(a: Candidate, b: Candidate): number {
  if (a.hasAlert !== b.hasAlert) return a.hasAlert ? -1 : 1
  return nearness(b.daysToRenewal) - nearness(a.daysToRenewal) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Half of the accounts are worth more; 1 where nothing is known. */
export function medianOf(amounts: readonly number[]): number {
  const sorted = amounts.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) return 1
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
