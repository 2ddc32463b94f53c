import type { Context } from '../../context.ts'
import { ALERT_KINDS, type AlertKind } from '../../domain/alerts/alert-kind.ts'
import { EVERYBODY } from '../../domain/alerts/confidential.ts'
import { quoted } from '../../domain/quoted.ts'
import { BotError } from '../../errors.ts'
import { nearestOf } from '../../nearest.ts'
import { readMutedRules, readRatedAlerts } from '../../store/alerts/muted-rules.ts'
import { namingPeople } from '../../store/people/leavers.ts'
import { KIND_WORDS } from '../../views/alerts/alert-words.ts'
import { precisionCard } from '../../views/alerts/precision-card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { restoreMutedRule } from '../../work/alerts/restore-rule.ts'
import { identify } from '../../work/people/identify.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import type { Reply, Request } from '../port.ts'
import { notUnderstood } from '../words/naming-rest.ts'

/** How useful the alert rules are; `restore KIND` unmutes a rule, so that its alerts are posted again. */
export const precision: Command = async (context, request, rest) => {
  const [verb = '', ...words] = rest.trim().toLowerCase().split(/\s+/)
  if (verb === '') return { kind: 'card', card: await cardOf(context, request), audience: audienceOf(request) }
  if (verb !== 'restore') {
    throw new BotError(
      'no_precision',
      notUnderstood(rest),
      'Write /health precision, or /health precision restore KIND.',
    )
  }
  return restore(context, request.actor, words.join('_').replaceAll('-', '_'))
}

async function cardOf(context: Context, { actor, isPrivate }: Request) {
  const { connection, settings, clock } = context
  const { db } = connection
  const reader = isPrivate ? await identify(context, actor) : EVERYBODY
  const states = await readMutedRules(db)
  const alerts = await readRatedAlerts(db, clock())
  const nameOf = await namingPeople(db)
  const rules = settings.model.alerts.map(rule => {
    const { since, restoredAt } = states.get(rule.kind) ?? {}
    return {
      rule,
      ...(since !== undefined && !rule.critical && { mutedSince: since }),
      ...(restoredAt !== undefined && { restoredAt }),
      alerts: alerts.filter(({ kind }) => kind === rule.kind),
    }
  })
  return precisionCard(rules, { reader, nameOf })
}

async function restore(context: Context, actor: { platform: string; userId: string }, word: string): Promise<Reply> {
  const kind = kindOf(word)
  await restoreMutedRule(context, await identify(context, actor), kind)
  const sentence = `New alerts of the kind "${KIND_WORDS[kind]}" are posted again.`
  const hint = 'The count starts over. Alerts that opened while it was muted stay in the digests.'
  return { kind: 'card', card: noticeCard('Restored', sentence, hint), audience: 'caller' }
}

function kindOf(word: string): AlertKind {
  const kind = ALERT_KINDS.find(kind => kind === word)
  if (kind !== undefined) return kind
  const near = nearestOf(word, ALERT_KINDS)
  throw new BotError(
    'no_kind',
    `There is no kind of alert called ${quoted(word)}.`,
    near === undefined ? `Kinds: ${ALERT_KINDS.join(', ')}.` : `Did you mean /health precision restore ${near}?`,
  )
}
