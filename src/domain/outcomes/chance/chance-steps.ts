import { withoutNoise } from '../../number.ts'
import { type Chance, type Rated, vennAbers } from '../statistics/venn-abers.ts'

/** The chance by risk, as steps: at each risk that is known, and between it and the next. Plain data, to be kept. */
export type ChanceSteps = {
  /** Below the least risk that is known. */
  readonly below: Chance
  readonly steps: readonly { readonly risk: number; readonly at: Chance; readonly above: Chance }[]
}

/** Works every chance out once; where nothing changes there is no step. */
export function chanceSteps(known: readonly Rated[]): ChanceSteps {
  const chanceOf = vennAbers(known)
  const risks = [...new Set(known.map(({ risk }) => withoutNoise(risk)))].sort((a, b) => a - b)
  const below = chanceOf((risks[0] ?? 0) - 1)
  const all = risks.map((risk, at) => ({
    risk,
    at: chanceOf(risk),
    above: chanceOf((risk + (risks[at + 1] ?? risk + 2)) / 2),
  }))
  const steps = all.filter((step, at) => {
    const before = all[at - 1]?.above ?? below
    return !isSame(step.at, before) || !isSame(step.above, before)
  })
  return { below, steps }
}

export function chanceAt({ below, steps }: ChanceSteps, written: number): Chance {
  const risk = withoutNoise(written)
  const step = steps.findLast(step => step.risk <= risk)
  if (step === undefined) return below
  return step.risk === risk ? step.at : step.above
}

function isSame(a: Chance, b: Chance): boolean {
  return a.low === b.low && a.high === b.high
}
