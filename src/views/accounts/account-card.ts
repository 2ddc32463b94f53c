import type { Alert } from '../../domain/alerts/alert.ts'
import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import type { Divergence } from '../../domain/alerts/divergence.ts'
import type { Model } from '../../domain/model/model.ts'
import { percent } from '../../domain/percent.ts'
import { helping, hurting } from '../../domain/scoring/driver.ts'
import type { Health } from '../../domain/scoring/health.ts'
import type { MeasureScore } from '../../domain/scoring/score.ts'
import type { Verdict } from '../../domain/scoring/settle.ts'
import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { KIND_WORDS } from '../alerts/alert-words.ts'
import { divergenceText } from '../alerts/divergence-text.ts'
import type { Card, Fact, Item, Part, Tone } from '../card.ts'
import { dayText, everyWeek, moneyText, pointsText, signed, wholePoints } from '../parts/amounts.ts'
import { agoText, evidence, measureName } from '../parts/evidence.ts'
import { roundedMeasures } from '../parts/rounded-points.ts'
import { type ScoreStyle, statusBadge } from '../parts/status-text.ts'

/** Everything the account's card tells, loaded. */
export type AccountSummary = {
  readonly account: { readonly id: string; readonly name: string }
  readonly health: Health
  readonly verdict: Verdict
  readonly expansionReady: boolean
  /** It is no longer a customer. */
  readonly retirement?: { readonly since: Instant; readonly reason: string }
  readonly owner?: string
  readonly arr?: number
  readonly renewalOn?: string
  readonly lastPulse?: {
    readonly rating: number
    readonly at: Instant
    readonly by?: string
    readonly expiresAt?: Instant
  }
  /** For the owner alone: the pulse and the rest of the score are far apart. */
  readonly divergence?: Divergence & { readonly isOwn: boolean }
  /** With the names of those who hold them. */
  readonly alerts: readonly (Alert & { readonly holder?: string })[]
  /** Where days are read by the person that the card is for; UTC for everybody else. */
  readonly timeZone?: string
  /** How often accounts like this left or shrank, in a sentence, where that may be said. */
  readonly chance?: string
  /** Shown scores of the last days, oldest first. */
  readonly recent: readonly number[]
}

/** The score and its reasons, on one screen of a phone. */
export function accountCard(model: Model, summary: AccountSummary, style?: ScoreStyle): Card {
  const { account, health, verdict } = summary
  const shown = health.now.score?.shown
  const badge = statusBadge(model, shown, verdict, style)
  return {
    title: account.name,
    badge,
    summary: `${account.name}: ${badge.text}${health.direction === undefined ? '' : `, ${health.direction}`}`,
    parts: [
      ...retirementParts(summary),
      ...alertParts(summary),
      { kind: 'text', text: trendText(summary) },
      ...trendChart(summary),
      ...drivers(model, summary),
      ...(summary.chance === undefined ? [] : [{ kind: 'text' as const, text: summary.chance }]),
      { kind: 'facts', facts: facts(summary) },
      ...(summary.divergence === undefined ? [] : [divergencePart(summary.divergence)]),
      { kind: 'text', quiet: true, text: coverageText(model, health) },
    ],
    buttons: [
      { label: 'Submit pulse', action: 'pulse', value: account.id, opensForm: true, style: 'primary' },
      { label: 'Explain', action: 'explain', value: account.id },
      { label: 'Tasks', action: 'tasks', value: account.id },
      { label: 'Share to channel', action: 'share', value: account.id },
    ],
  }
}

function retirementParts({ retirement }: AccountSummary): Part[] {
  if (retirement === undefined) return []
  const { since, reason } = retirement
  return [{ kind: 'text', text: `No longer a customer since ${dayOf(since)}: ${reason}.` }]
}

function trendText({ health, expansionReady }: AccountSummary): string {
  if (health.now.score === undefined) return 'Nothing is known about this account yet, so it has no score.'
  const changes = health.trend.flatMap(({ over, points }) =>
    points === undefined ? [] : [`${signed(wholePoints(points))} in ${over / DAY} days`],
  )
  const words = health.direction === undefined ? 'No score 30 days ago to compare with' : capitalised(health.direction)
  const line = [words, ...(changes.length > 0 ? [changes.join(', ')] : [])].join(': ')
  return `${line}.${expansionReady ? ' Ready for expansion.' : ''}`
}

/** The last weeks, one number each, today's the last. */
function trendChart({ health, recent }: AccountSummary): Part[] {
  if (recent.length <= 7) return []
  const weekly = everyWeek(recent)
  const points = weekly.map((value, n) => ({
    label: dayOf(health.now.at - (weekly.length - 1 - n) * 7 * DAY).slice(5),
    value,
  }))
  return [{ kind: 'chart', title: 'Score, week by week', points, text: `Week by week: ${weekly.join(' → ')}.` }]
}

function drivers(model: Model, { health }: AccountSummary): Part[] {
  const rounded = roundedMeasures(health.now)
  const line = (tone: Tone, { measure, reading }: MeasureScore, points: string): Item => ({
    tone,
    text: `${evidence(model, measure, reading)}, ${points}`,
  })
  const hurts = hurting(health, 3).map(entry =>
    line('bad', entry, `${pointsText(rounded(entry.measure.id).lost)} lost`),
  )
  const helps = helping(health, 3).map(entry => line('good', entry, pointsText(rounded(entry.measure.id).points)))
  return [
    ...(health.now.caps.filter(cap => cap.holds).length === 0 ? [] : [capPart(health)]),
    ...(hurts.length === 0 ? [] : [{ kind: 'list' as const, heading: 'What hurts', items: hurts }]),
    ...(helps.length === 0 ? [] : [{ kind: 'list' as const, heading: 'What helps', items: helps }]),
  ]
}

function capPart({ now }: Health): Part {
  const items = now.caps
    .filter(cap => cap.holds)
    .map(({ because, atMost }): Item => ({ tone: 'bad', text: `${because}: the score is at most ${atMost}` }))
  return { kind: 'list', heading: 'Capped', items }
}

function facts({ owner, arr, renewalOn, lastPulse, health, timeZone }: AccountSummary): Fact[] {
  const { at } = health.now
  return [
    { label: 'Owner', value: owner ?? 'Nobody' },
    ...(arr === undefined ? [] : [{ label: 'ARR', value: moneyText(arr) }]),
    ...(renewalOn === undefined ? [] : [{ label: 'Renewal', value: dayText(renewalOn, at, timeZone) }]),
    {
      label: 'Last pulse',
      value: lastPulse === undefined ? 'None yet' : pulseText(lastPulse, at, timeZone),
    },
    ...(health.now.segment === undefined ? [] : [{ label: 'Segment', value: health.now.segment }]),
  ]
}

function pulseText(
  { rating, at, by, expiresAt }: NonNullable<AccountSummary['lastPulse']>,
  now: Instant,
  timeZone = 'UTC',
): string {
  const stands =
    expiresAt === undefined ? [] : [`${expiresAt > now ? 'counts until' : 'expired on'} ${dayIn(timeZone, expiresAt)}`]
  return [`${rating} of 5`, agoText(at, now), ...(by === undefined ? [] : [`by ${by}`]), ...stands].join(', ')
}

function divergencePart({ isOwn, ...divergence }: NonNullable<AccountSummary['divergence']>): Part {
  return { kind: 'text', text: divergenceText(divergence, isOwn) }
}

/** The open alerts; one that nobody holds can be claimed here. */
function alertParts({ alerts, timeZone = 'UTC' }: AccountSummary): Part[] {
  const items = alerts.toSorted(mostUrgentFirst).map(({ id, kind, openedAt, claimedBy, holder: name }): Item => {
    const holder = claimedBy === undefined ? 'nobody has claimed it' : `claimed by ${name ?? claimedBy}`
    return {
      text: `Open alert: ${KIND_WORDS[kind]} since ${dayIn(timeZone, openedAt)}, ${holder}.`,
      ...(claimedBy === undefined && { button: { label: 'Claim', action: 'claim', value: id } }),
    }
  })
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}

/** How much is known, and what is oldest or missing: missing data is said, never guessed. */
function coverageText(model: Model, { now }: Health): string {
  const measures = now.components.flatMap(component => [...component.measures])
  const known = `${percent(now.coverage)} of the score's weight is known`
  const oldest = measures
    .filter(({ reading }) => reading.state === 'present' && reading.newest !== undefined)
    .sort((a, b) => (a.reading.newest ?? 0) - (b.reading.newest ?? 0))[0]
  const stalest =
    oldest?.reading.newest === undefined
      ? []
      : [`stalest input: ${measureName(model, oldest.measure)}, ${agoText(oldest.reading.newest, now.at)}`]
  const missing = measures
    .filter(({ reading }) => ['never', 'stale', 'undefined'].includes(reading.state))
    .map(({ measure }) => measureName(model, measure))
  const gaps = missing.length === 0 ? [] : [`no current data: ${missing.join(', ')}`]
  return `${[known, ...stalest, ...gaps].join('; ')}. As of ${new Date(now.at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
