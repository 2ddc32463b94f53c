import { createYielder } from '../../async/yielder.ts'
import type { Context } from '../../context.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import { type Destination, destinationName, isSameDestination } from '../../domain/delivery/destination.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { findAlertDetails } from '../../store/alerts/alert-details.ts'
import { alertsOpenedAt, markAllAnnounced } from '../../store/alerts/alert-news.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import type { Thread } from '../../store/delivery/threads.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { runOfAlertOrNone } from '../../store/playbooks/playbook-runs.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { stormCard, stormLines } from '../../views/alerts/storm-card.ts'
import { postRun } from '../playbooks/announce-run.ts'
import { alertDestinations, newLookups } from './alert-destinations.ts'
import { showAlert } from './show-alert.ts'

export type Routed = { readonly alert: AlertDetails; readonly places: readonly Destination[] }

/** One summary per place instead of many posts, with a button to post them all after all. */
export async function announceStorm(
  context: Context,
  at: Instant,
  routed: readonly Routed[],
  now: Instant,
): Promise<void> {
  const { connection, settings } = context
  await inTransaction(connection.db, async db => {
    const ids = routed.map(({ alert }) => alert.id)
    const marked = await markAllAnnounced(db, ids, 'opened')
    const announced = routed.filter(({ alert }) => marked.has(alert.id))
    const byPlace = groupedBy(
      announced.flatMap(({ alert, places }) => places.map(place => ({ alert, place }))),
      ({ place }) => destinationName(place),
    )
    for (const [name, entries] of byPlace) {
      const [first] = entries
      if (first === undefined) continue
      const alerts = entries.map(({ alert }) => alert)
      if (alerts.length === 1) {
        await showAlert(db, settings, first.alert, [first.place], now)
        continue
      }
      await addMessage(db, {
        subject: { of: 'storm', id: first.alert.id },
        purpose: 'opened',
        to: first.place,
        card: stormCard(settings.model, alerts, `${at} ${name}`),
        alerts: stormLines(alerts).map(({ id }) => id),
        at: now,
      })
    }
  })
}

/** Posts the alerts of a storm one by one in a place, without those that were posted before. */
export async function sendStorm(context: Context, at: Instant, to: Destination): Promise<number> {
  const { connection, settings, clock } = context
  const { db } = connection
  const now = clock()
  const looked = newLookups(connection.db)
  const yieldIfDue = createYielder()
  let sent = 0
  const opened = await findAlertDetails(db, await alertsOpenedAt(db, at), now)
  for (const alert of opened.sort(mostUrgentFirst)) {
    await yieldIfDue()
    if (alert.isMuted || alert.state === 'resolved') continue
    const places = await alertDestinations(connection, settings, alert, looked)
    if (!places.some(place => isSameDestination(place, to))) continue
    const shown = await inTransaction(db, async db => {
      const threads = await showAlert(db, settings, alert, [to], now)
      for (const thread of threads) await postTasksUnder(db, alert.id, thread, now)
      return threads
    })
    sent += shown.length
  }
  return sent
}

/** The tasks that came with an alert, in its thread, as without a storm. */
async function postTasksUnder(db: Db, alert: string, thread: Thread, now: Instant): Promise<void> {
  const run = await runOfAlertOrNone(db, alert)
  if (run === undefined) return
  await postRun(db, run, await readTasks(db, { run: run.id }), [thread], now)
}
