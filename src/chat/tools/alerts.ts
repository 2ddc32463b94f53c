import { z } from 'zod'
import type { Context } from '../../context.ts'
import { alertDocument } from '../../documents/alert.ts'
import { confidenceOf, isAlertOf } from '../../domain/alerts/alert-details.ts'
import { maySee } from '../../domain/alerts/confidential.ts'
import { unresolvedAlertDetails } from '../../store/alerts/alert-details.ts'
import { alertsCard } from '../../views/alerts/alerts-card.ts'
import { findAlertFor } from '../../work/alerts/change-alert.ts'
import { findOneAccount } from '../accounts/find-account.ts'
import { claim } from '../alerts/claim.ts'
import { resolve } from '../alerts/resolve.ts'
import { ACCOUNT } from './account-argument.ts'
import { cardOfReply } from './card-of-reply.ts'
import { acting, reading, type Used } from './tool.ts'

const ALERT = z.string().min(1).max(100).describe('The id of an alert, as `alerts` gives it.')
const MOST = 50

export const alerts = reading({
  name: 'alerts',
  title: 'Open alerts',
  description:
    'Alerts that are not resolved: what happened, who holds it, since when. Use it for "what needs me?" and before claiming one.',
  input: {
    account: ACCOUNT.optional(),
    whose: z
      .enum(['all', 'mine', 'unclaimed'])
      .default('all')
      .describe('mine: held by the person who asks, or unclaimed on their accounts.'),
    limit: z.number().int().min(1).max(MOST).default(20),
  },
  async run({ connection, settings }, { input: { account, whose, limit }, caller, now }) {
    const key = account === undefined ? undefined : (await findOneAccount(connection, account, now)).key
    const all = (await unresolvedAlertDetails(connection.db, now)).filter(
      alert =>
        maySee(caller, confidenceOf(alert)) &&
        (key === undefined || alert.account.key === key) &&
        (whose !== 'unclaimed' || alert.claimedBy === undefined) &&
        (whose !== 'mine' || isAlertOf(alert, caller.email ?? '')),
    )
    const shown = all.slice(0, limit)
    return {
      card: alertsCard(settings.model, 'Open alerts', shown, 'There are no open alerts.'),
      data: { alerts: shown.map(alertDocument), total: all.length },
    }
  },
})

export const claimAlert = acting({
  name: 'claim_alert',
  title: 'Claim an alert',
  description:
    'Takes an alert for the person who asks. Of any number of people who claim it at once one wins; the answer says whether it was them, and who has it otherwise.',
  input: { alert: ALERT },
  run: (context, used) =>
    changed(context, used, async ({ use: { actor, deliveryId }, input }) =>
      cardOfReply(
        await claim(context, {
          actor,
          action: 'claim',
          value: input.alert,
          channel: '',
          canOpenForm: false,
          deliveryId,
        }),
      ),
    ),
})

export const resolveAlert = acting(
  {
    name: 'resolve_alert',
    title: 'Resolve an alert',
    description: 'Closes an alert with one sentence on its outcome, which everybody who sees the alert reads.',
    input: { alert: ALERT, outcome: z.string().trim().min(3, 'Say in one sentence what the outcome was').max(1_000) },
    run: (context, used) =>
      changed(context, used, async ({ use: { actor, deliveryId }, input }) => {
        const state = JSON.stringify({ alert: input.alert })
        const submission = { actor, form: 'resolve', state, values: { reason: input.outcome }, deliveryId }
        return cardOfReply(await resolve.submit(context, submission))
      }),
  },
  true,
)

/** What an act did to an alert, and who had it before. */
async function changed<Input extends { readonly alert: string }>(
  { connection: { db }, clock }: Context,
  used: Used<Input>,
  act: (used: Used<Input>) => ReturnType<typeof cardOfReply> | Promise<ReturnType<typeof cardOfReply>>,
) {
  const before = await findAlertFor(db, used.caller, used.input.alert, used.now)
  const card = await act(used)
  const after = await findAlertFor(db, used.caller, used.input.alert, clock())
  const isDone = before.state !== after.state || before.claimedBy !== after.claimedBy
  const was = { state: before.state, claimed_by: before.claimedBy ?? null }
  return { card, data: { done: isDone, before: was, alert: alertDocument(after) } }
}
