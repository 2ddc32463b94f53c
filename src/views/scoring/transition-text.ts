import type { Model } from '../../domain/model/model.ts'
import { driverName } from './driver-name.ts'
import { verdictWords } from './status-text.ts'

type Change = {
  readonly from: string
  readonly to: string
  readonly shown?: number | null | undefined
  readonly driver?: string | null | undefined
}

/** "Needs attention → At risk at 34, because of Active users" */
export function transitionText(model: Model, { from, to, shown, driver }: Change): string {
  const why = typeof driver === 'string' ? `, because of ${driverName(model, driver)}` : ''
  return `${verdictWords(model, from)} → ${verdictWords(model, to)}${scoreText(shown)}${why}`
}

/** " at 34", where there is a score. */
export function scoreText(shown: number | null | undefined): string {
  return typeof shown === 'number' ? ` at ${shown}` : ''
}
