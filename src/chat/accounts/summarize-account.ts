import type { Model } from '../../domain/model/model.ts'
import { numberIn } from '../../domain/number.ts'
import { PULSE_METRIC } from '../../domain/pulses/pulse.ts'
import { reachOfCard } from '../../domain/scoring/reach.ts'
import { type History, summaryOf } from '../../domain/scoring/readings/window.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { outcomesOf } from '../../store/outcomes/outcomes.ts'
import { nameOfPersonOrNone } from '../../store/people/leavers.ts'
import { namesAround } from '../../store/people/names-around.ts'
import { openTasksOf } from '../../store/playbooks/tasks.ts'
import { lastPulseOrNone } from '../../store/pulses/pulses.ts'
import { shownWeekly } from '../../store/scoring/history.ts'
import { latestTransitions } from '../../store/scoring/transitions.ts'
import type { Db } from '../../store/tables.ts'
import type { AccountSummary } from '../../views/accounts/account-card.ts'
import { type CheckedAccount, checkAccount } from '../../work/accounts/check-account.ts'

/** A quarter. */
const WEEKS_OF_CHART = 13
const MOST_TRANSITIONS = 8

/** Loads what an account's card shows: its health and everything around it. */
export async function summarizeAccount(
  connection: Connection,
  model: Model,
  account: ListedAccount,
  at: Instant,
): Promise<{ readonly checked: CheckedAccount; readonly summary: AccountSummary }> {
  const { db } = connection
  // All at once: each round trip to a server costs time.
  const [checked, { lastPulse, ...beside }, names] = await Promise.all([
    checkAccount(connection, model, account, at, { reach: reachOfCard(model, at) }),
    besideHealth(db, account.key, at),
    namesAround(db, account.key),
  ])
  const { attribute, history } = checked.observed
  const nameOf = async (email: string | undefined) =>
    email && ((names.has(email) ? names.get(email) : await nameOfPersonOrNone(db, email)) ?? email)
  const pulse = lastPulse ?? importedPulse(history, at)
  const [owner, by, alerts] = await Promise.all([
    nameOf(attribute('owner', at)),
    nameOf(pulse?.by),
    Promise.all(
      checked.openAlerts.map(async alert => {
        const holder = await nameOf(alert.claimedBy)
        return holder === undefined ? alert : { ...alert, holder }
      }),
    ),
  ])
  const arr = numberIn(attribute('arr', at))
  const renewalOn = attribute('renewal_on', at)
  const currency = attribute('currency', at)
  const summary = {
    account: checked.account,
    health: checked.health,
    verdict: checked.verdict,
    expansionReady: checked.expansionReady,
    alerts,
    ...beside,
    ...(owner !== undefined && { owner }),
    ...(arr !== undefined && { arr }),
    ...(currency !== undefined && { currency }),
    ...(renewalOn !== undefined && { renewalOn }),
    ...(pulse !== undefined && { lastPulse: { ...pulse, ...(by !== undefined && { by }) } }),
  }
  return { checked, summary }
}

async function besideHealth(db: Db, account: number, at: Instant) {
  const [weeks, transitions, outcomes, tasks, retirement, lastPulse] = await Promise.all([
    shownWeekly(db, account, { weeks: WEEKS_OF_CHART, until: at }),
    latestTransitions(db, account, at, MOST_TRANSITIONS),
    outcomesOf(db, account),
    openTasksOf(db, account),
    retirementOrNone(db, account),
    lastPulseOrNone(db, account, at),
  ])
  return { weeks, transitions, outcomes, tasks, ...(retirement !== undefined && { retirement }), lastPulse }
}

/** A pulse that was imported as a signal, so that nobody knows who gave it. */
function importedPulse(history: History, at: Instant): { rating: number; at: Instant; by?: string } | undefined {
  const { count, newestAt, newestValue } = summaryOf(history, { metric: PULSE_METRIC, after: -Infinity, until: at })
  return count === 0 ? undefined : { rating: newestValue, at: newestAt }
}
