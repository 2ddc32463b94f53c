import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import { unresolvedAlerts } from '../../store/alerts/alerts.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { type OwnerChange, readOwnerChanges, watchOwner } from '../../store/people/watched-owners.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { newOwnerCard } from '../../views/alerts/released-card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import { refreshAlert } from '../alerts/refresh-alert.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'

/**
 * What is open about an account that has another owner stays with who holds it; every copy shows the new owner, and they
 * are told once what there is.
 */
export async function notifyNewOwners(context: Context): Promise<void> {
  const { db } = context.connection
  const now = context.clock()
  const changes = await readOwnerChanges(db, now)
  const { attempt, report } = isolateFailures()
  for (const change of changes)
    await attempt(change.account.id, () => inTransaction(db, db => tell(context, db, change, now)))
  if (changes.length > 0) context.wakeSender()
  report()
}

async function tell({ settings }: Context, db: Db, { account, owner }: OwnerChange, now: Instant): Promise<void> {
  await watchOwner(db, account.key, owner)
  const ids = (await unresolvedAlerts(db, account.key)).map(({ id }) => id)
  for (const id of ids) await refreshAlert(db, settings, id, now)
  const place = await directMessageOrNone(db, owner)
  if (place === undefined) return
  const alerts = (await Promise.all(ids.map(id => findAlertDetailsOrNone(db, id, now)))).filter(
    alert => alert !== undefined,
  )
  const tasks = await readTasks(db, { account: account.key, isOpen: true })
  const card = newOwnerCard(settings.model, account, { alerts, tasks })
  const key = { subject: { of: 'account', id: String(account.key) }, purpose: 'new_owner', number: now } as const
  await addMessage(db, { ...key, to: place, card, alerts: ids, tasks: tasks.map(({ id }) => id), at: now })
}
