import type { Context } from '../../context.ts'
import { placesOfAdmins } from '../../delivery/notify-admins.ts'
import { isOverBudget, type Precision, precisionOf } from '../../domain/alerts/precision.ts'
import type { AlertRule } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { muteRule, readMutedRules, readRatedAlerts } from '../../store/alerts/muted-rules.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { mutedRuleCard, wrongText } from '../../views/alerts/precision-card.ts'

/** Mutes each rule that is over its false-alarm budget, so that its alerts appear in digests only, and tells the admins once. */
export async function muteRules(context: Context): Promise<void> {
  const { connection, settings, clock } = context
  const now = clock()
  const muted = await readMutedRules(connection.db)
  const loud = settings.model.alerts.filter(({ kind, budget }) => budget && muted.get(kind)?.since === undefined)
  if (loud.length === 0) return
  const alerts = await readRatedAlerts(connection.db, now)
  for (const rule of loud) {
    const precision = precisionOf(alerts.filter(({ kind }) => kind === rule.kind))
    if (isOverBudget(precision, rule.budget)) await mute(context, rule, precision, now)
  }
}

async function mute(context: Context, rule: AlertRule, precision: Precision, now: Instant): Promise<void> {
  const { kind } = rule
  await inTransaction(context.connection.db, async db => {
    if (!(await muteRule(db, kind, now))) return
    const isNow = `In digests only: ${wrongText(rule, precision)}`
    await recordAudit(db, { at: now, who: 'rounds', act: 'rule.mute', subject: kind, was: 'Posted', isNow })
    for (const place of await placesOfAdmins(db, context)) {
      const key = { subject: { of: 'rule', id: kind }, purpose: 'muted', number: now } as const
      await addMessage(db, { ...key, to: place, card: mutedRuleCard(rule, precision), alerts: [], at: now })
    }
  })
  context.log.info({ kind, ...precision }, 'a rule is over its false-alarm budget')
  context.wakeSender()
}
