import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import type { Model } from '../../domain/model/model.ts'
import { percent } from '../../domain/percent.ts'
import type { Health } from '../../domain/scoring/health.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { KIND_WORDS } from '../alerts/alert-words.ts'
import type { Fact } from '../card.ts'
import { arrText, dayText } from '../parts/amounts.ts'
import { agoText, measureName } from '../scoring/evidence.ts'
import type { AccountSummary } from './account-summary.ts'

export function accountFacts({ owner, arr, currency, renewalOn, lastPulse, ...rest }: AccountSummary): Fact[] {
  const { health, alerts, timeZone } = rest
  const { at } = health.now
  const pulse = lastPulse === undefined ? 'None yet' : pulseText(lastPulse, at, timeZone)
  return [
    { label: 'Owner', value: owner ?? 'Nobody' },
    ...(arr === undefined ? [] : [{ label: 'ARR', value: arrText(arr, currency) }]),
    ...(renewalOn === undefined ? [] : [{ label: 'Renewal', value: dayText(renewalOn, at, timeZone) }]),
    { label: 'Last pulse', value: pulse },
    ...(health.now.segment === undefined ? [] : [{ label: 'Segment', value: health.now.segment }]),
    ...(alerts.length === 0 ? [] : [{ label: 'Open alerts', value: alertsText(alerts) }]),
  ]
}

/** "Renewal at risk (nobody yet), Sharp drop (Dana)" */
function alertsText(alerts: AccountSummary['alerts']): string {
  const words = alerts
    .toSorted(mostUrgentFirst)
    .map(({ kind, claimedBy, holder }) => `${KIND_WORDS[kind]} (${holder ?? claimedBy ?? 'nobody yet'})`)
  return words.join(', ')
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

/** How much is known, and what is oldest or missing: missing data is reported, never guessed. */
export function coverageText(model: Model, { now }: Health): string {
  const measures = now.components().flatMap(component => [...component.measures])
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
