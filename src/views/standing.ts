import type { Model, Role } from '../domain/model.ts'
import { UNKNOWN, type Verdict } from '../domain/settle.ts'
import { titleOf } from '../domain/title.ts'
import type { Badge, Tone } from './card.ts'

/** "61 · Needs attention", coloured by what the verdict means. */
export function standingBadge(model: Model, shown: number | undefined, verdict: Verdict): Badge {
  const words = verdictWords(model, verdict)
  return { text: shown === undefined ? words : `${shown} · ${words}`, tone: toneOf(model, verdict) }
}

export function verdictWords(model: Model, verdict: Verdict): string {
  if (verdict === UNKNOWN) return 'Not enough data'
  return model.bands.find(({ id }) => id === verdict)?.label ?? titleOf(verdict)
}

const TONES: Readonly<Record<Role, Tone>> = { at_risk: 'bad', attention: 'warn', healthy: 'good' }

export function toneOf(model: Model, verdict: Verdict): Tone {
  const role = model.bands.find(({ id }) => id === verdict)?.role
  return role === undefined ? 'neutral' : TONES[role]
}
