import { titleOf } from '../../domain/accounts/title.ts'
import type { Model, Role } from '../../domain/model/model.ts'
import { gradeOf } from '../../domain/scoring/grade.ts'
import type { Rank } from '../../domain/scoring/score-format.ts'
import { UNKNOWN, type Verdict } from '../../domain/scoring/settle.ts'
import type { Badge, Tone } from '../card.ts'

/** What is shown next to the number and its word. */
export type ScoreStyle = { readonly format: 'words' | 'grade' } | { readonly format: 'rank'; readonly rank: Rank }

/** "61 · Needs attention", colored by what the verdict means; in some styles with a grade or rank behind it. */
export function statusBadge(
  model: Model,
  shown: number | undefined,
  verdict: Verdict,
  style: ScoreStyle = { format: 'words' },
): Badge {
  const words = verdictWords(model, verdict)
  if (verdict === UNKNOWN && shown !== undefined)
    return { text: `${words} (${shown} from what is known)`, tone: 'neutral' }
  const parts = shown === undefined ? [words] : [shown, words, ...styled(shown, style)]
  return { text: parts.join(' · '), tone: toneOf(model, verdict) }
}

function styled(shown: number, style: ScoreStyle): string[] {
  switch (style.format) {
    case 'words':
      return []
    case 'grade':
      return [gradeOf(shown)]
    case 'rank':
      return [`${ordinal(style.rank.place)} of ${style.rank.of}`]
  }
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st */
function ordinal(place: number): string {
  const isTeen = Math.floor(place / 10) % 10 === 1
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')
  return `${place}${ending}`
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
