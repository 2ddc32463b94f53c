import type { Model } from '../../domain/model/model.ts'
import { scoreText, transitionText } from '../../views/scoring/transition-text.ts'

type Change = Parameters<typeof transitionText>[1] & {
  /** Its id. */
  readonly account: string
  readonly kind: string
}

/** "acme: Needs attention → At risk at 34, because of Active users" */
export function transitionLine(model: Model, change: Change): string {
  const { account, kind, to, shown } = change
  if (kind === 'expansion_ready')
    return `${account}: ${to === 'ready' ? 'Ready' : 'No longer ready'} for expansion${scoreText(shown)}`
  return `${account}: ${transitionText(model, change)}`
}
