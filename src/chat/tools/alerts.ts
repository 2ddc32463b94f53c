import * as z from 'zod'
import { alertDocument } from '../../documents/alert.ts'
import { confidentialityOf, isAlertOf } from '../../domain/alerts/alert-details.ts'
import { ALERT_KINDS, mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import { maySee } from '../../domain/alerts/confidential.ts'
import { unresolvedAlertDetails } from '../../store/alerts/alert-details.ts'
import { alertActCard } from '../../views/alerts/alert-act-card.ts'
import { alertsCard } from '../../views/alerts/alerts-card.ts'
import type { Card } from '../../views/card.ts'
import type { Changed } from '../../work/alerts/change-alert.ts'
import { findOneAccount } from '../accounts/find/find-account.ts'
import { claimAs } from '../alerts/claim.ts'
import { resolveAs } from '../alerts/resolve.ts'
import { ACCOUNT } from './arguments/account.ts'
import { PAGE, paged } from './arguments/page.ts'
import { acting, reading } from './tool.ts'
import type { ToolAnswer } from './tool-port.ts'

const ALERT = z.string().min(1).max(100).describe('The id of an alert, as `alerts` gives it.')

export const alerts = reading({
  name: 'alerts',
  title: 'Open alerts',
  description:
    'Alerts that are not resolved, the most urgent first: what happened, who holds it, since when. Use it for "what needs me?", "which alerts does nobody have?", "who went silent?", and before claiming one.',
  input: {
    account: ACCOUNT.optional(),
    whose: z
      .enum(['all', 'mine', 'unclaimed'])
      .default('all')
      .describe('mine: held by the person who asks, or unclaimed on their accounts.'),
    kind: z.enum(ALERT_KINDS).optional().describe('Only alerts of this kind.'),
    ...PAGE,
  },
  async run({ connection, settings }, { input: { account, whose, kind, ...page }, caller, now }) {
    const key = account === undefined ? undefined : (await findOneAccount(connection, account, now)).key
    const all = (await unresolvedAlertDetails(connection.db, now)).filter(
      alert =>
        maySee(caller, confidentialityOf(alert)) &&
        (key === undefined || alert.account.key === key) &&
        (kind === undefined || alert.kind === kind) &&
        (whose !== 'unclaimed' || alert.claimedBy === undefined) &&
        (whose !== 'mine' || isAlertOf(alert, caller.email ?? '')),
    )
    const { shown, total, next } = paged(all.toSorted(mostUrgentFirst), page)
    return {
      card: alertsCard(settings.model, 'Open alerts', shown, 'There are no open alerts.'),
      data: { alerts: shown.map(alertDocument), total, next },
    }
  },
})

export const claimAlert = acting({
  name: 'claim_alert',
  title: 'Claim an alert',
  description:
    'Takes an alert for the person who asks. Of any number of people who claim it at once one wins; the answer says whether it was them, and who has it otherwise.',
  input: { alert: ALERT },
  run: async (context, { input, caller }) => answerOf(await claimAs(context, caller, input.alert)),
})

export const resolveAlert = acting(
  {
    name: 'resolve_alert',
    title: 'Resolve an alert',
    description:
      'Closes one alert with one sentence on its outcome, which everybody who sees the alert reads. Its tasks stay open.',
    input: { alert: ALERT, outcome: z.string().trim().min(3, 'Say in one sentence what the outcome was').max(1_000) },
    async run(context, { input: { alert, outcome: reason }, caller, now }) {
      const resolution = { alert, reason, scope: 'one', tasks: 'keep' } as const
      return answerOf(await resolveAs(context, caller, resolution, now))
    },
  },
  true,
)

/** What an act did to an alert, and who had it before. */
function answerOf({ before, alert, done, card }: Changed & { readonly card: Card }): ToolAnswer {
  return {
    card,
    sentence: alertActCard(before, alert, done),
    subject: alert.id,
    data: { done, before: { state: before.state, claimed_by: before.claimedBy ?? null }, alert: alertDocument(alert) },
  }
}
