import { groupedBy } from '../../domain/grouped.ts'
import type { Model } from '../../domain/model/model.ts'
import { LONGEST_LEAD, leadTime } from '../../domain/outcomes/backtest/lead-time.ts'
import { type Look, lookOf } from '../../domain/outcomes/look.ts'
import { isBad, type Outcome } from '../../domain/outcomes/outcome.ts'
import { outline } from '../../domain/scoring/outline.ts'
import { DAY, type Day, type Instant, laterDay } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import { listAccounts } from '../../store/accounts/account-list.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { connectionsAt } from '../../store/outcomes/connections-at.ts'
import { type PastAccount, readPastAccount } from '../../store/outcomes/past-account.ts'
import { scoringInstant } from '../schedule/slots.ts'
import type { Watched } from './watch.ts'

/** What to look at: how many days before each outcome, and how. */
export type LookBack = {
  readonly model: Model
  readonly outcomes: readonly Outcome[]
  readonly leads: readonly number[]
  /** Also with what is known today. */
  readonly today?: boolean
  /** Also how long before something bad the account was at risk, and the eve of each outcome. */
  readonly runs?: boolean
  /** The model before this one, to compare with. */
  readonly before?: Model | undefined
  readonly scoring: Routes['scoring']
}

/** One outcome with what the score said before it. */
export type LookedBack = {
  readonly outcome: Outcome
  readonly account: { readonly id: string; readonly name: string }
  /** By lead in days, in the order asked for. */
  readonly looks: readonly {
    readonly lead: number
    readonly known: Look
    readonly today?: Look
    readonly before?: Look
  }[]
  readonly eve?: Look
  /** Days; absent where no day was at risk, or nobody asked. */
  readonly leadTime?: number
}

/** Goes through the accounts that have outcomes, one after the other: each is read once, for all that is asked of it. */
export async function lookBack(
  connection: Connection,
  asked: LookBack,
  { begin, advance, signal }: Watched = {},
): Promise<LookedBack[]> {
  const accounts = new Map((await listAccounts(connection.db)).map(account => [account.key, account]))
  const connectedAt = await connectionsAsked(connection, asked)
  const found: LookedBack[] = []
  const byAccount = groupedBy(asked.outcomes, ({ account }) => account)
  begin?.(byAccount.size)
  for (const [key, outcomes] of byAccount) {
    const account = accounts.get(key)
    if (account === undefined) continue
    const past = await readPastAccount(connection, key, connectedAt)
    for (const outcome of outcomes) {
      found.push({ outcome, account: { id: account.id, name: account.name }, ...lookedBack(past, outcome, asked) })
    }
    advance?.(1)
    // Yields to others on this thread.
    await new Promise(resolve => setImmediate(resolve))
    signal?.throwIfAborted()
  }
  return found.sort((a, b) => (a.outcome.on < b.outcome.on ? -1 : a.outcome.on > b.outcome.on ? 1 : 0))
}

function lookedBack(
  past: PastAccount,
  outcome: Outcome,
  asked: LookBack,
): Pick<LookedBack, 'looks' | 'eve' | 'leadTime'> {
  const { model, before, leads, today = false, runs = false } = asked
  const lookAt = (model: Model, at: Instant, knownAt: Instant) => {
    const observed = past(at, knownAt)
    return lookOf(model, observed, outline(model, observed, at))
  }
  const day = Date.parse(outcome.on)
  const looks = leads.map(lead => {
    const cut = day - lead * DAY
    return {
      lead,
      known: lookAt(model, cut, cut),
      ...(today && { today: lookAt(model, cut, Infinity) }),
      ...(before !== undefined && { before: lookAt(before, cut, cut) }),
    }
  })
  if (!runs) return { looks }
  const eve = lookAt(model, day - DAY, day - DAY)
  const isAtRisk = (on: Day) => {
    const at = slotOf(asked, on)
    const observed = past(at, at)
    return outline(model, observed, at).score?.band.role === 'at_risk'
  }
  const lead = isBad(outcome) ? leadTime(outcome.on, isAtRisk) : undefined
  return { looks, eve, ...(lead !== undefined && { leadTime: lead }) }
}

function slotOf({ scoring }: LookBack, day: Day): Instant {
  // Nearly always; asking the calendar for each of some hundred thousand days takes longer than scoring them.
  return scoring.time_zone === 'UTC' ? Date.parse(day) + utcTime(scoring) : scoringInstant(scoring, day)
}

const utcTimes = new Map<string, number>()

function utcTime(scoring: Routes['scoring']): number {
  const known = utcTimes.get(scoring.schedule)
  if (known !== undefined) return known
  const time = scoringInstant(scoring, '2026-01-01') - Date.parse('2026-01-01')
  utcTimes.set(scoring.schedule, time)
  return time
}

/** Only a model with `when_empty` asks when a metric was connected. */
async function connectionsAsked({ db }: Connection, asked: LookBack) {
  const models = [asked.model, ...(asked.before === undefined ? [] : [asked.before])]
  if (!models.some(asksWhenConnected)) return () => () => undefined
  const instants = asked.outcomes.flatMap(outcome => {
    const day = Date.parse(outcome.on)
    const cuts = [...asked.leads, ...(asked.runs ? [1] : [])].map(lead => day - lead * DAY)
    const run =
      asked.runs && isBad(outcome)
        ? Array.from({ length: LONGEST_LEAD }, (_, back) => laterDay(outcome.on, -back - 1))
        : []
    return [...cuts, ...run.map(day => slotOf(asked, day))]
  })
  return connectionsAt(db, instants)
}

function asksWhenConnected({ components, watch }: Model): boolean {
  const measures = [...components.flatMap(({ measures }) => measures), ...watch]
  return measures.some(({ input }) => input.from === 'metric' && input.whenEmpty !== undefined)
}
