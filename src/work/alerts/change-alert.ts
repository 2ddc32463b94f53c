import type { Context } from '../../context.ts'
import { type AlertDetails, confidentialityOf } from '../../domain/alerts/alert-details.ts'
import { isConfidential, maySee, type Reader } from '../../domain/alerts/confidential.ts'
import type { Act } from '../../domain/people/permission.ts'
import { BotError } from '../../errors.ts'
import { findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import { unresolvedAlerts } from '../../store/alerts/alerts.ts'
import { reversalsSince, statesOf } from '../../store/alerts/reversals.ts'
import { endUndos, saveUndo } from '../../store/alerts/undos.ts'
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
  /** One conditional write; false if it changed nothing, because somebody else was faster or it was done before. */
  readonly write: (db: Db) => Promise<boolean>
  /** What goes into the audit log, where it is not the state. */
  readonly audit?: { readonly was?: string; readonly isNow: string }
  /** What else belongs in the same transaction: what an undo takes back too, and what follows the change. */
  readonly meanwhile?: (db: Db, alert: AlertDetails, others: readonly string[]) => Promise<unknown>
  readonly also?: (db: Db, alert: AlertDetails) => Promise<unknown>
  /** The same for the account's other alerts that the same person holds, or nobody: `held`. */
  readonly others?: { readonly held: string | undefined; readonly write: (db: Db, id: string) => Promise<boolean> }
  /** Whether it can be taken back for ten minutes. */
  readonly canBeUndone?: boolean
  /** Whose the account's other alerts become with this one, and whose they were. */
  readonly joins?: { readonly by: string; readonly from: string | undefined }
}

/** `before` is how it stood; `joined` counts the account's other alerts that went along; `undo` takes it back. */
export type Changed = {
  readonly before: AlertDetails
  readonly alert: AlertDetails
  readonly done: boolean
  readonly joined: number
  readonly undo?: string
}

/** Changes an alert, audits it, and refreshes every copy, all in one transaction; returns the alert as it stands. */
export async function changeAlert(context: Context, caller: Caller, change: AlertChange): Promise<Changed> {
  const { act, id, write, audit, meanwhile, also, joins, others, canBeUndone } = change
  const now = context.clock()
  const { account } = await findAlertFor(context.connection.db, caller, id, now)
  await allow(context, caller, act, id, account.id)
  const changed = await inTransaction(context.connection.db, async db => {
    const before = await findAlert(db, id, now)
    const states = canBeUndone ? await statesOf(db, before.account.key) : []
    if (!(await write(db))) {
      // Who came too late sees in the message how it stands.
      await refreshAlert(db, context.settings, id, now)
      return { before, alert: before, done: false, joined: 0 }
    }
    const alert = await findAlert(db, id, now)
    const was = audit === undefined ? alertStateText(before) : audit.was
    const entry = { at: now, who: whoIs(caller), act, account: alert.account.id }
    await recordAudit(db, {
      ...entry,
      subject: id,
      ...(was !== undefined && { was }),
      isNow: audit?.isNow ?? alertStateText(alert),
    })
    const along = others === undefined ? [] : await changeOthers(db, alert, others, entry)
    await meanwhile?.(db, alert, along)
    // What is only said of it leaves it as it stands.
    const noted = { alert, states, who: whoIs(caller), now, canBeUndone }
    const undo = audit === undefined ? await noteUndo(context, db, noted) : undefined
    for (const one of [id, ...along]) await refreshAlert(db, context.settings, one, now)
    const joined = joins === undefined ? along.length : await joinOthers(db, context.settings, alert, joins, now)
    await also?.(db, alert)
    return { before, alert, done: true, joined, ...(undo !== undefined && { undo }) }
  })
  context.wakeSender()
  return changed
}

/** The same act on the account's other alerts, each audited; returns their ids. What is confidential stays by itself. */
async function changeOthers(
  db: Db,
  { id, kind, account }: AlertDetails,
  { held, write }: NonNullable<AlertChange['others']>,
  entry: Omit<Parameters<typeof recordAudit>[1], 'subject'>,
): Promise<string[]> {
  const changed: string[] = []
  for (const other of isConfidential(kind) ? [] : await unresolvedAlerts(db, account.key)) {
    if (other.id === id || other.claimedBy !== held || isConfidential(other.kind)) continue
    const before = await findAlert(db, other.id, entry.at)
    if (!(await write(db, other.id))) continue
    const isNow = alertStateText(await findAlert(db, other.id, entry.at))
    await recordAudit(db, { ...entry, subject: other.id, was: alertStateText(before), isNow })
    changed.push(other.id)
  }
  return changed
}

type Done = {
  readonly alert: AlertDetails
  readonly states: Awaited<ReturnType<typeof statesOf>>
  readonly who: string
  readonly now: number
  readonly canBeUndone: boolean | undefined
}

/** What was done with it before can be undone no more, whatever is done now. */
async function noteUndo({ newId }: Context, db: Db, { alert, states, who, now, canBeUndone }: Done) {
  const subject = { of: 'alert', id: alert.id } as const
  await endUndos(db, subject, now)
  if (!canBeUndone) return undefined
  const reversals = await reversalsSince(db, alert.account.key, states, subject)
  const id = newId()
  await saveUndo(db, { id, at: now, who, subject, account: alert.account.key, reversals })
  return id
}

/** For who may not know of an alert there is none. */
export async function findAlertFor(db: Db, reader: Reader, id: string, now: number): Promise<AlertDetails> {
  const alert = await findAlert(db, id, now)
  if (maySee(reader, confidentialityOf(alert))) return alert
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
