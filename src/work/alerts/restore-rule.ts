import type { Context } from '../../context.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { BotError } from '../../errors.ts'
import { restoreRule } from '../../store/alerts/muted-rules.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { KIND_WORDS } from '../../views/alerts/alert-words.ts'
import { allow } from '../people/allow.ts'
import type { Caller } from '../people/identify.ts'
import { whoIs } from './change-alert.ts'

/** Unmutes a rule, so that its new alerts are posted; feedback on the old ones no longer counts. */
export async function restoreMutedRule(context: Context, caller: Caller, kind: AlertKind): Promise<void> {
  await allow(context, caller, 'rule.restore', kind)
  const at = context.clock()
  const done = await inTransaction(context.connection.db, async db => {
    if (!(await restoreRule(db, kind, at))) return false
    const entry = { act: 'rule.restore', subject: kind, was: 'In digests only', isNow: 'Posted' }
    await recordAudit(db, { at, who: whoIs(caller), ...entry })
    return true
  })
  if (done) return
  const sentence = `Alerts of the kind "${KIND_WORDS[kind]}" are already posted.`
  throw new BotError('not_muted', sentence, 'See /health precision.')
}
