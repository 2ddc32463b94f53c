import * as z from 'zod'
import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { resolveAlertBy } from '../../store/alerts/alert-acts.ts'
import { alertDoneCard, alertStandsCard } from '../../views/alerts/alert-answer.ts'
import { resolveForm } from '../../views/alerts/alert-forms.ts'
import type { Card } from '../../views/card.ts'
import { type Changed, changeAlert, whoIs } from '../../work/alerts/change-alert.ts'
import { heldTogether } from '../../work/alerts/join-alerts.ts'
import type { Caller } from '../../work/people/identify.ts'
import { openTasksOf, skipTasks } from '../../work/playbooks/skip-tasks.ts'
import { alertForm } from './alert-form.ts'

const ASK = 'Say in one sentence what the outcome was.'
const CHOOSE = 'Choose one of them.'

/** Resolves an account's alerts, or one of them, with a reason that every copy shows; asks what becomes of their tasks. */
export const resolve = alertForm({
  id: 'resolve',
  act: 'alert.resolve',
  values: z.object({
    reason: z.string(ASK).trim().min(3, ASK).max(1_000, 'Keep it within 1,000 characters.'),
    scope: z.enum(['all', 'one'], CHOOSE).default('all'),
    tasks: z.enum(['keep', 'skip'], CHOOSE).default('keep'),
  }),
  endsWith: ['resolved'],
  async fields({ connection: { db }, clock }, alert) {
    const together = await heldTogether(db, alert, clock())
    const ids = together.map(({ id }) => id)
    return resolveForm(alert, together.length, (await openTasksOf(db, ids)).length)
  },
  async submit(context, { caller, state, values, now }) {
    const { card } = await resolveAs(context, caller, { ...state, ...values }, now)
    return { kind: 'card', card, isResult: true }
  },
})

type Resolution = {
  readonly alert: string
  readonly reason: string
  /** Whether this also resolves the account's other alerts that the same person holds. */
  readonly scope: 'all' | 'one'
  readonly held?: string | undefined
  readonly tasks: 'keep' | 'skip'
}

export async function resolveAs(
  context: Context,
  caller: Caller,
  { alert: id, held, reason, scope, tasks }: Resolution,
  now: Instant,
): Promise<Changed & { readonly card: Card }> {
  const by = whoIs(caller)
  const changed = await changeAlert(context, caller, {
    act: 'alert.resolve',
    id,
    canBeUndone: true,
    write: db => resolveAlertBy(db, id, by, reason, now),
    ...(scope === 'all' && { others: { held, write: (db, id) => resolveAlertBy(db, id, by, reason, now) } }),
    meanwhile: async (db, _, others) => {
      if (tasks === 'skip') await skipTasks(db, [id, ...others], { note: reason, by, at: now })
    },
  })
  const { alert, done, joined, undo } = changed
  const { name } = alert.account
  const sentence =
    joined === 0 ? `The alert for ${name} is resolved.` : `All ${joined + 1} alerts for ${name} are resolved.`
  const card = done ? alertDoneCard('Resolved', sentence, alert, undo) : alertStandsCard(alert, by, now)
  return { ...changed, card }
}
