import type { Context } from '../../context.ts'
import { type AlertDetails, confidenceOf } from '../../domain/alerts/alert-details.ts'
import { maySee, type Reader } from '../../domain/alerts/confidential.ts'
import type { Act } from '../../domain/people/permission.ts'
import { BotError } from '../../errors.ts'
import { findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Db } from '../../store/tables.ts'
import { alertStateText } from '../../views/alerts/alert-words.ts'
import { allow } from '../people/allow.ts'
import type { Caller } from '../people/identify.ts'
import { joinOthers } from './join-alerts.ts'
import { refreshAlert } from './refresh-alert.ts'

export type AlertChange = {
  readonly act: Act
  readonly id: string
  /** One conditional write; false when it changed nothing, because somebody else was faster or it was done before. */
  readonly write: (db: Db) => Promise<boolean>
  /** What goes into the audit log, where it is not the state. */
  readonly audit?: { readonly was?: string; readonly isNow: string }
  /** What else belongs into the same transaction, once the change is made. */
  readonly also?: (db: Db, alert: AlertDetails) => Promise<unknown>
  /** Whose the account's other alerts become with this one, and whose they were. */
  readonly joins?: { readonly by: string; readonly from: string | undefined }
}

/** `joined` counts the account's other alerts that went along. */
export type Changed = { readonly alert: AlertDetails; readonly done: boolean; readonly joined: number }

/** Changes an alert, audits it, and refreshes every copy, all in one transaction; gives the alert as it stands. */
export async function changeAlert(context: Context, caller: Caller, change: AlertChange): Promise<Changed> {
  const { act, id, write, audit, also, joins } = change
  const now = context.clock()
  const { account } = await findAlertFor(context.connection.db, caller, id, now)
  await allow(context, caller, act, id, account.id)
  const changed = await inTransaction(context.connection.db, async db => {
    const before = await findAlert(db, id, now)
    if (!(await write(db))) return { alert: before, done: false, joined: 0 }
    const alert = await findAlert(db, id, now)
    const was = audit === undefined ? alertStateText(before) : audit.was
    await recordAudit(db, {
      at: now,
      who: whoIs(caller),
      act,
      subject: id,
      account: alert.account.id,
      ...(was !== undefined && { was }),
      isNow: audit?.isNow ?? alertStateText(alert),
    })
    await refreshAlert(db, context.settings, id, now)
    const joined = joins === undefined ? 0 : await joinOthers(db, context.settings, alert, joins, now)
    await also?.(db, alert)
    return { alert, done: true, joined }
  })
  if (changed.done) context.wakeSender()
  return changed
}

/** For who may not know of an alert there is none. */
export async function findAlertFor(db: Db, reader: Reader, id: string, now: number): Promise<AlertDetails> {
  const alert = await findAlert(db, id, now)
  if (maySee(reader, confidenceOf(alert))) return alert
  throw noAlert()
}

async function findAlert(db: Db, id: string, now: number): Promise<AlertDetails> {
  const alert = await findAlertDetailsOrNone(db, id, now)
  if (alert !== undefined) return alert
  throw noAlert()
}

function noAlert(): BotError {
  return new BotError('no_alert', 'This alert no longer exists.', 'See /health alerts.')
}

export function whoIs({ email, name }: Caller): string {
  return email ?? name
}
