import type { Actor } from '../../chat/port.ts'
import type { Context } from '../../context.ts'
import { type Confidentiality, EVERYBODY, isConfidential, maySee } from '../../domain/alerts/confidential.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import type { Db } from '../../store/tables.ts'
import { type Caller, identify } from '../people/identify.ts'

/** What somebody may see of a list, and whether any of it is hidden because others read along. */
export type Visible<T> = { readonly seen: readonly T[]; readonly isMasked: boolean }

/** The caller is identified only if something is confidential, since that may ask their platform. */
export async function visibleTo<T>(
  context: Context,
  { actor, isPrivate }: { readonly actor: Actor; readonly isPrivate: boolean },
  things: readonly T[],
  confidentialityOf: (thing: T) => Confidentiality,
): Promise<Visible<T>> {
  if (!things.some(thing => isConfidential(confidentialityOf(thing).kind))) return { seen: things, isMasked: false }
  const caller = await identify(context, actor)
  const own = things.filter(thing => maySee(caller, confidentialityOf(thing)))
  const seen = isPrivate ? own : own.filter(thing => maySee(EVERYBODY, confidentialityOf(thing)))
  return { seen, isMasked: seen.length < own.length }
}

/** The tasks that somebody may see: a task that came with a confidential alert is confidential too. */
export async function tasksVisibleTo<T extends Task>(
  db: Db,
  caller: Caller,
  tasks: readonly T[],
  now: number,
): Promise<T[]> {
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
