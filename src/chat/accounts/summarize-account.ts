import type { Context } from '../../context.ts'
import { numberIn } from '../../domain/number.ts'
import { PULSE_METRIC } from '../../domain/pulses/pulse.ts'
import { type History, summaryOf } from '../../domain/scoring/window.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import { outcomesOf } from '../../store/outcomes/outcomes.ts'
import { nameOfPersonOrNone } from '../../store/people/leavers.ts'
import { openTasksOf } from '../../store/playbooks/tasks.ts'
import { lastPulseOrNone } from '../../store/pulses/pulses.ts'
import { shownWeekly } from '../../store/scoring/history.ts'
import { latestTransitions } from '../../store/scoring/transitions.ts'
import type { AccountSummary } from '../../views/accounts/account-card.ts'
import type { CheckedAccount } from '../../work/accounts/check-account.ts'

/** A quarter. */
const WEEKS_OF_CHART = 13
const MOST_TRANSITIONS = 8

/** Loads what an account's card tells beside its health. */
export async function summariseAccount(
  { connection: { db } }: Pick<Context, 'connection'>,
  checked: CheckedAccount,
  at: Instant,
): Promise<AccountSummary> {
  const { key, observed } = checked
  const { attribute } = observed
  const nameOf = async (email: string) => (await nameOfPersonOrNone(db, email)) ?? email
  const owner = attribute('owner', at)
  const arr = numberIn(attribute('arr', at))
  const renewalOn = attribute('renewal_on', at)
  const currency = attribute('currency', at)
  const [alerts, weeks, transitions, outcomes, tasks, retirement, ownerName, lastPulse] = await Promise.all([
    Promise.all(
      checked.openAlerts.map(async alert =>
        alert.claimedBy === undefined ? alert : { ...alert, holder: await nameOf(alert.claimedBy) },
      ),
    ),
    shownWeekly(db, key, { weeks: WEEKS_OF_CHART, until: at }),
    latestTransitions(db, key, at, MOST_TRANSITIONS),
    outcomesOf(db, key),
    openTasksOf(db, key),
    retirementOrNone(db, key),
    owner === undefined ? undefined : nameOf(owner),
    lastPulseOrNone(db, key, at),
  ])
  const pulse = lastPulse ?? importedPulse(observed.history, at)
  return {
    account: checked.account,
    health: checked.health,
    verdict: checked.verdict,
    expansionReady: checked.expansionReady,
    alerts,
    weeks,
    transitions,
    outcomes,
    tasks,
    ...(retirement !== undefined && { retirement }),
    ...(ownerName !== undefined && { owner: ownerName }),
    ...(arr !== undefined && { arr }),
    ...(currency !== undefined && { currency }),
    ...(renewalOn !== undefined && { renewalOn }),
    ...(pulse !== undefined && {
      lastPulse: { ...pulse, ...(pulse.by !== undefined && { by: await nameOf(pulse.by) }) },
    }),
  }
}

/** A pulse that came as a signal, from an import: nobody says by whom. */
function importedPulse(history: History, at: Instant): { rating: number; at: Instant; by?: string } | undefined {
  const { count, newestAt, newestValue } = summaryOf(history, { metric: PULSE_METRIC, after: -Infinity, until: at })
  return count === 0 ? undefined : { rating: newestValue, at: newestAt }
}
