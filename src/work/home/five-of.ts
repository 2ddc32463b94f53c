import type { Context } from '../../context.ts'
import { attributesAsked, factsOfAttributes } from '../../domain/accounts/customer.ts'
import { type Candidate, medianOf, yourFive } from '../../domain/home/your-five.ts'
import { holds } from '../../domain/model/condition.ts'
import type { Model } from '../../domain/model/model.ts'
import { DAY, type Instant, startOfDay } from '../../domain/time/instant.ts'
import { readAttributesNamed } from '../../store/accounts/customers.ts'
import { type BookLine, knownArr, readBook } from '../../store/home/book.ts'
import type { Db } from '../../store/tables.ts'
import { chanceLookup } from '../outcomes/shown-chance.ts'

export const FIVE = 5

export type Five = {
  readonly book: readonly BookLine[]
  readonly chosen: readonly BookLine[]
  /** How many more have something at stake. */
  readonly rest: number
  readonly atRisk: number
}

/** The accounts that need their owner most now, out of all that they own. */
export async function fiveOf(
  { connection: { db }, settings: { model, routes } }: Pick<Context, 'connection' | 'settings'>,
  owner: string,
  now: Instant,
  medianArr: () => Promise<number> = medianOnce(db, now),
): Promise<Five> {
  const book = await readBook(db, owner, now)
  const healthyFrom = await healthyLines(db, model, book, now)
  const chances = await chanceLookup(db, model, now)
  const candidates = book.map((line): Candidate & { readonly line: BookLine } => {
    const { id, arr, shown, score, renewalOn, alerts } = line
    const renewal = startOfDay(renewalOn ?? '')
    const chance = chances(score).chance?.point
    return {
      ...{ id, line, healthyFrom: healthyFrom(line), hasAlert: alerts.some(({ state }) => state !== 'snoozed') },
      ...(arr !== undefined && { arr }),
      ...(shown !== undefined && { shown }),
      ...(chance !== undefined && { chance }),
      ...(renewal !== undefined && { daysToRenewal: (renewal - now) / DAY }),
    }
  })
  const median = book.some(({ arr }) => arr === undefined) ? await medianArr() : 1
  const { chosen, rest } = yourFive(candidates, median, routes.your_five?.accounts ?? FIVE)
  const atRisk = book.filter(({ role }) => role === 'at_risk').length
  return { book, chosen: chosen.map(({ line }) => line), rest, atRisk }
}

/** Looked up on first use, once. */
export function medianOnce(db: Db, now: Instant): () => Promise<number> {
  let median: Promise<number> | undefined
  return () => {
    median ??= knownArr(db, now).then(medianOf)
    return median
  }
}

/** Where healthy begins for each account: a segment may have a line of its own. */
async function healthyLines(db: Db, model: Model, book: readonly BookLine[], now: Instant) {
  const band = model.bands.find(({ role }) => role === 'healthy')
  const names = [...new Set(model.segments.flatMap(({ when }) => attributesAsked(when)))]
  const attributes = await readAttributesNamed(
    db,
    names,
    book.map(({ key }) => key),
  )
  return ({ key }: BookLine) => {
    const facts = factsOfAttributes(attributes.get(key) ?? (() => undefined))
    const segment = model.segments.find(({ when }) => holds(when, facts, now))
    return segment?.bands[band?.id ?? ''] ?? band?.from ?? 100
  }
}
