import type { Actor } from '../../chat/port.ts'
import type { Context } from '../../context.ts'
import { type Confidence, EVERYBODY, isConfidential, maySee } from '../../domain/alerts/confidential.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { accountByIdOrNone } from '../../store/accounts/accounts.ts'
import type { Db } from '../../store/tables.ts'
import { type Caller, identify } from '../people/identify.ts'

/** What somebody may see of some things, and whether that is more than those may who read along. */
export type Seen<T> = { readonly seen: readonly T[]; readonly isMasked: boolean }

/** Who asks matters only where something is confidential: a platform need not be asked about them otherwise. */
export async function seenOf<T>(
  context: Context,
  { actor, isPrivate }: { readonly actor: Actor; readonly isPrivate: boolean },
  things: readonly T[],
  confidenceOf: (thing: T) => Confidence,
): Promise<Seen<T>> {
  if (!things.some(thing => isConfidential(confidenceOf(thing).kind))) return { seen: things, isMasked: false }
  const caller = await identify(context, actor)
  const own = things.filter(thing => maySee(caller, confidenceOf(thing)))
  const seen = isPrivate ? own : own.filter(thing => maySee(EVERYBODY, confidenceOf(thing)))
  return { seen, isMasked: seen.length < own.length }
}

/** Those of the tasks that somebody may see: a task that came with a confidential alert is confidential too. */
export async function tasksFor<T extends Task>(db: Db, caller: Caller, tasks: readonly T[], now: number): Promise<T[]> {
  const seen: T[] = []
  for (const task of tasks) {
    const { alert } = task
    if (alert === undefined || !isConfidential(alert.kind)) seen.push(task)
    else if (maySee(caller, { ...alert, ...(await partiesOf(db, task, now)) })) seen.push(task)
  }
  return seen
}

async function partiesOf(db: Db, { account: { id }, assignee, alert }: Task, now: number) {
  const account = await accountByIdOrNone(db, id)
  const owner = account === undefined ? undefined : await ownerOfAccount(db, account.key, now)
  return { owner, holder: assignee?.email ?? alert?.holder }
}
