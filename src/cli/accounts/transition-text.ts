import type { Model } from '../../domain/model/model.ts'
import { driverName } from '../../views/scoring/driver-name.ts'
import { verdictWords } from '../../views/scoring/status-text.ts'

type Change = {
  /** Its id. */
  readonly account: string
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly shown?: number | null | undefined
  readonly driver?: string | null | undefined
}

/** "acme: Needs attention → At risk at 34, because of Active users" */
export function transitionText(model: Model, { account, from, to, kind, shown, driver }: Change): string {
  const score = typeof shown === 'number' ? ` at ${shown}` : ''
  if (kind === 'expansion_ready')
    return `${account}: ${to === 'ready' ? 'Ready' : 'No longer ready'} for expansion${score}`
  const why = typeof driver === 'string' ? `, because of ${driverName(model, driver)}` : ''
  return `${account}: ${verdictWords(model, from)} → ${verdictWords(model, to)}${score}${why}`
}
