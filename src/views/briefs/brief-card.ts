import type { Brief } from '../../domain/briefs/brief.ts'
import type { BriefKind } from '../../domain/briefs/brief-kind.ts'
import type { Model } from '../../domain/model/model.ts'
import { percent } from '../../domain/percent.ts'
import { shownChange } from '../../domain/scoring/health.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { Card } from '../card.ts'
import { signed } from '../parts/amounts.ts'
import { shortVersion } from '../parts/short-version.ts'
import { timeText } from '../scoring/evidence.ts'
import { statusBadge } from '../scoring/status-text.ts'
import { whyText } from '../scoring/why.ts'
import { courseParts } from './course-parts.ts'
import { heardParts } from './heard-parts.ts'
import { moneyParts } from './money-parts.ts'
import { peopleParts } from './people-parts.ts'
import { pointsParts } from './points-parts.ts'
import { promiseParts } from './promise-parts.ts'
import { questionParts } from './question-parts.ts'
import type { BriefReader, Section } from './section.ts'

export const BRIEF_TITLES: Readonly<Record<BriefKind, string>> = {
  qbr: 'Business review',
  handover: 'Handover',
  escalation: 'Escalation',
}

/** What its reader needs first stands first. */
const SECTIONS: Readonly<Record<BriefKind, readonly Section[]>> = {
  qbr: [courseParts, promiseParts, heardParts, moneyParts, peopleParts, questionParts, pointsParts],
  handover: [peopleParts, moneyParts, promiseParts, courseParts, heardParts, questionParts, pointsParts],
  escalation: [courseParts, promiseParts, heardParts, peopleParts, moneyParts, questionParts, pointsParts],
}

/** One page about an account. It consists of figures and quotes; nothing in it is guessed. */
export function briefCard(model: Model, brief: Brief, reader: BriefReader): Card {
  const { account, kind, health, verdict } = brief
  const badge = statusBadge(model, health.now.score?.shown, verdict)
  const lead = `${changeText(brief, reader)} ${whyText(model, health)}`
  return {
    title: `${BRIEF_TITLES[kind]}: ${account.name}`,
    badge,
    summary: `${account.name}: ${badge.text}. ${lead}`,
    asOf: health.now.at,
    parts: [
      { kind: 'text', text: lead },
      ...SECTIONS[kind].flatMap(section => section(model, brief, reader)),
      { kind: 'text', quiet: true, text: provenance(model, brief, reader) },
    ],
  }
}

/** "Score 61; on 2026-08-30 73 (-12)." */
function changeText({ health: { now }, before, since, expansionReady }: Brief, { timeZone }: BriefReader): string {
  if (now.score === undefined) return 'No score.'
  const change = shownChange(before, now)
  const then = change === undefined ? 'not enough data' : `${now.score.shown - change} (${signed(change)})`
  const day = dayIn(timeZone, since)
  return `Score ${now.score.shown}; on ${day} ${then}.${expansionReady ? ' Ready for expansion.' : ''}`
}

function provenance(model: Model, { health: { now }, since }: Brief, { timeZone }: BriefReader): string {
  const version = shortVersion(model.version)
  const segment = now.segment === undefined ? '' : `, segment ${now.segment}`
  const period = `${dayIn(timeZone, since)} to ${timeText(now.at, timeZone)}`
  return `${period}. Every score is recomputed as of its day with what is known today. Model ${model.name} (${version})${segment}, coverage ${percent(now.coverage, 1)}.`
}
