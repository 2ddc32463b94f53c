import { capitalized } from '../../domain/capitalized.ts'
import type { Model } from '../../domain/model/model.ts'
import { isAbove } from '../../domain/number.ts'
import { helping, hurting, largest, topDriver, topHelper } from '../../domain/scoring/driver.ts'
import { CAP, type Health } from '../../domain/scoring/health.ts'
import type { ComponentScore, MeasureScore } from '../../domain/scoring/score.ts'
import { pointsText } from '../parts/amounts.ts'
import { lowestCap } from './caps.ts'
import { lowered, plainReading, type Saying, saying } from './plain-reading.ts'
import { roundedMeasures } from './rounded-points.ts'

/** Why an account stands where it stands, as a person would say it: at most two things, and no metric twice. */
export function whyText(model: Model, health: Health): string {
  if (health.now.score === undefined) return 'Nothing is known about this account yet, so it has no score.'
  const caps = capWords(health).map(words => plain(CAP, words))
  const clauses = oncePerMetric([...caps, leading(model, health), ...following(model, health)])
  const rounded = clauses.some(({ costs }) => costs !== undefined) ? roundedMeasures(health.now) : undefined
  const said = clauses.map(({ words, costs }) =>
    costs === undefined || rounded === undefined ? words : `${words} (${pointsText(rounded(costs).lost)} lost)`,
  )
  return said.length === 0 ? 'No measure stands out.' : capitalized(`${said.join('; ')}.`)
}

/** The first of it, without what it costs, for words that are kept: "65 of 240 seats used, 186 a month earlier". */
export function reasonText(model: Model, health: Health): string {
  const words = leading(model, health, { keptAt: health.now.at })?.words
  return words === undefined ? 'Not enough data' : capitalized(words)
}

/** What is said of a metric, and the measure whose points it costs. */
type Clause = { readonly about: string; readonly words: string; readonly costs?: string }

/** What a change is put down to, else what costs the most, else what carries the score. */
function leading(model: Model, health: Health, how: Saying = {}): Clause | undefined {
  const isRise = health.direction === 'rising'
  const driver = isRise ? topHelper(health) : topDriver(health)
  if (driver === undefined) return undefined
  if (driver === CAP) return plain(CAP, capWords(health)[0] ?? liftedWords(health))
  const component = health.now.component(driver)
  const known = component?.measures.filter(({ score }) => score !== undefined) ?? []
  if (component === undefined || known.length === 0) {
    return plain(driver, `${lowered(component?.component.label ?? driver)}: no data anymore`)
  }
  const moved = movedMost(health, [component]).find(entry => readsOtherwise(model, entry))
  if (moved !== undefined) return movedClause(model, moved, how)
  const worst = largest(known, ({ lost }) => lost)
  if (worst !== undefined && !isRise && worst.lost >= WORTH_A_WORD) return costClause(model, worst, how)
  const best = largest(known, ({ points }) => points)
  return best && plain(metricOf(best), saying(model, best.measure, best.reading, how))
}

/** What else moved in the direction of the score; where it is steady, what else costs or carries. */
function following(model: Model, health: Health): Clause[] {
  const isMoving = health.direction === 'falling' || health.direction === 'rising'
  const most = isMoving ? movedMost(health, health.now.components()) : []
  const moved = most.filter(entry => readsOtherwise(model, entry))
  if (moved.length > 0) return moved.map(entry => movedClause(model, entry))
  const costs = hurting(health, 8).filter(({ lost }) => lost >= WORTH_A_WORD)
  if (costs.length > 0) return costs.map(entry => costClause(model, entry))
  return helping(health, 8).map(entry => plain(metricOf(entry), saying(model, entry.measure, entry.reading)))
}

const WORTH_A_WORD = 2

/** The measures that moved by half a point or more, the way that the score went. */
function movedMost({ monthAgo, direction }: Health, components: readonly ComponentScore[]): Moved[] {
  const sign = direction === 'rising' ? 1 : -1
  const moved: Moved[] = []
  for (const { component, measures } of components) {
    const earlier = monthAgo?.component(component.id)?.measures ?? []
    measures.forEach((entry, n) => {
      const before = earlier[n]
      if (before === undefined) return
      const by = sign * (entry.points - before.points)
      if (by >= 0.5) moved.push({ entry, before, by })
    })
  }
  return moved.sort((a, b) => b.by - a.by)
}

/** Whether what moved is seen in the words: it read otherwise a month ago. */
function readsOtherwise(model: Model, { entry, before }: Moved): boolean {
  return readingOf(model, before) !== readingOf(model, entry)
}

type Moved = { readonly entry: MeasureScore; readonly before: MeasureScore; readonly by: number }

function movedClause(model: Model, { entry, before }: Moved, how: Saying = {}): Clause {
  return plain(metricOf(entry), saying(model, entry.measure, entry.reading, { ...how, before: before.reading }))
}

function costClause(model: Model, entry: MeasureScore, how: Saying = {}): Clause {
  const words = saying(model, entry.measure, entry.reading, how)
  return { about: metricOf(entry), words, costs: entry.measure.id }
}

function plain(about: string, words: string): Clause {
  return { about, words }
}

function readingOf(model: Model, { measure, reading }: MeasureScore): string {
  return plainReading(model, measure, reading)
}

function metricOf({ measure: { id, input } }: MeasureScore): string {
  return input.from === 'metric' ? input.metric : id
}

/** The lowest cap, where one holds the score down. */
function capWords({ now }: Health): string[] {
  if (now.score === undefined || !isAbove(now.score.uncapped, now.score.value)) return []
  const least = lowestCap(now)
  return least === undefined ? [] : [`${least.because}, so the score is at most ${least.atMost}`]
}

/** The lowest of the caps that held the score down a month ago. */
function liftedWords({ monthAgo }: Health): string {
  const least = monthAgo && lowestCap(monthAgo)
  return least === undefined ? 'no cap holds the score down' : `"${least.because}" no longer holds the score down`
}

/** At most two that are about different metrics, beside what is said of a cap. */
function oncePerMetric(clauses: readonly (Clause | undefined)[]): Clause[] {
  const first = new Map<string, Clause>()
  for (const clause of clauses) if (clause !== undefined && !first.has(clause.about)) first.set(clause.about, clause)
  return [...first.values()].slice(0, first.has(CAP) ? 3 : 2)
}
