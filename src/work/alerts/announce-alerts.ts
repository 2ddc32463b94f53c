import { wentWell } from '../../async/went-well.ts'
import { createYielder } from '../../async/yielder.ts'
import type { Context } from '../../context.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import { isStorm } from '../../domain/alerts/route.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { countCustomers } from '../../store/accounts/account-list.ts'
import { wakeDueAlerts } from '../../store/alerts/alert-acts.ts'
import { findAlertDetails, findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import { countOpenedAt, markAnnounced, type PendingNews, pendingAlertNews } from '../../store/alerts/alert-news.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { threadsOfAlert } from '../../store/delivery/threads.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { isScoringUnderWay } from '../../store/scoring/shared-runs.ts'
import { slices } from '../../store/slices.ts'
import type { Db } from '../../store/tables.ts'
import { OVER } from '../../views/alerts/alert-words.ts'
import { type Attempts, isolateFailures } from '../schedule/isolate-failures.ts'
import { alertDestinations, directMessageOrNone, newLookups } from './alert-destinations.ts'
import { announceStorm, type Routed } from './announce-storm.ts'
import { endOldUndos } from './end-undos.ts'
import { heldAlertOrNone, heldTogether, joinHeldAlert } from './join-alerts.ts'
import { cardFor, refreshAlert } from './refresh-alert.ts'
import { showAlert } from './show-alert.ts'

/**
 * Puts the pending news of alerts into the outbox. A scoring marks it in its own transaction, and the
 * mark is cleared in the transaction that writes the messages: whenever the process is killed, each is announced once.
 */
export async function announceAlerts(context: Context): Promise<void> {
  const { connection, clock } = context
  const now = clock()
  await endOldUndos(context, now)
  // While a scoring runs, nobody knows yet whether it will be a storm.
  if (await isScoringUnderWay(connection.db)) return
  await wakeDueAlerts(connection.db, now)
  const pending = await pendingAlertNews(connection.db)
  if (pending.length === 0) return
  const opened = new Map<Instant, PendingNews[]>([
    ...groupedBy(
      pending.filter(({ news }) => news === 'opened'),
      ({ openedAt }) => openedAt,
    ),
  ])
  const { attempt, report } = isolateFailures()
  for (const [at, alerts] of opened) await announceOpened(context, at, alerts, attempt)
  const yieldIfDue = createYielder()
  const told = new Set<number>()
  for (const { id, news: what } of pending) {
    await yieldIfDue()
    if (what === 'resolved') await attempt(id, () => announceResolved(context, id, now))
    if (what === 'woke') await attempt(id, () => announceWoken(context, id, told, now))
  }
  context.wakeSender()
  report()
}

/** The alerts of one run: one by one, or as a summary if there are too many to read. */
async function announceOpened(
  context: Context,
  at: Instant,
  alerts: readonly PendingNews[],
  attempt: Attempts['attempt'],
): Promise<void> {
  const { connection, settings, clock } = context
  const { db } = connection
  const now = clock()
  const ids = alerts.map(({ id }) => id)
  const all = await findAlertDetails(db, ids, now)
  const looked = newLookups(db)
  const yieldIfDue = createYielder()
  const routed: Routed[] = []
  for (const alert of all.sort(mostUrgentFirst)) {
    await yieldIfDue()
    await attempt(alert.id, async () => {
      const places = alert.isMuted ? [] : await alertDestinations(connection, settings, alert, looked)
      routed.push({ alert, places })
    })
  }
  const run = { ...(await countOpenedAt(db, at)), accounts: await countCustomers(db) }
  if (isStorm(run, settings.routes.storm)) {
    return announceStorm(context, at, routed, now)
  }
  const announce = (some: readonly Routed[]) =>
    inTransaction(db, async db => {
      for (const { alert, places } of some) {
        if (!(await markAnnounced(db, alert.id, 'opened'))) continue
        if (!alert.isMuted) await joinOrPost(context, db, alert, places, now)
      }
    })
  // Several per transaction: one each would sync the disk once per alert. A failure rolls back the
  // others in its transaction, so those are then tried one by one.
  for (const some of slices(routed, TOGETHER)) {
    await yieldIfDue()
    if (await wentWell(announce(some))) continue
    for (const one of some) await attempt(one.alert.id, () => announce([one]))
  }
}

const TOGETHER = 10

/** Whoever holds an alert about the account gets this one too, in the same message. */
async function joinOrPost(
  { settings }: Context,
  db: Db,
  alert: AlertDetails,
  places: readonly Destination[],
  now: Instant,
): Promise<void> {
  const held = await heldAlertOrNone(db, alert)
  if (held === undefined || !(await joinHeldAlert(db, alert, held, now))) {
    await showAlert(db, settings, alert, places, now)
    return
  }
  const joined = (await findAlertDetailsOrNone(db, alert.id, now)) ?? alert
  const threads = await threadsOfAlert(db, held.id)
  const direct = await directMessageOrNone(db, held.by)
  const own = threads.length > 0 || direct === undefined || places.length === 0 ? [] : [direct]
  await showAlert(db, settings, joined, [...threads.map(({ to }) => to), ...own], now)
}

/** Its rule stopped holding: every copy shows that, and nobody is notified. */
async function announceResolved({ connection, settings }: Context, id: string, now: Instant): Promise<void> {
  await inTransaction(connection.db, async db => {
    const alert = await findAlertDetailsOrNone(db, id, now)
    if (alert === undefined || !(await markAnnounced(db, id, 'resolved'))) return
    const sentence =
      alert.resolution === undefined
        ? `${alert.account.name} ${OVER[alert.kind]}: this alert resolved itself.`
        : `${alert.account.name}: this alert ended. ${alert.resolution}.`
    await recordAudit(db, {
      at: now,
      who: 'rounds',
      act: 'alert.resolve',
      subject: id,
      account: alert.account.id,
      isNow: sentence,
    })
    await refreshAlert(db, settings, id, now)
  })
}

/** A snoozed alert is back: announced once per account, in its threads or where it would have been posted. */
async function announceWoken(
  { connection, settings }: Context,
  id: string,
  told: Set<number>,
  now: Instant,
): Promise<void> {
  const found = await findAlertDetailsOrNone(connection.db, id, now)
  const isAnnounced = found !== undefined && !found.isMuted
  const places = isAnnounced ? await alertDestinations(connection, settings, found) : []
  const account = await inTransaction(connection.db, async db => {
    const woken = await findAlertDetailsOrNone(db, id, now)
    if (woken === undefined || !(await markAnnounced(db, id, 'woke'))) return undefined
    const held = woken.state === 'open' ? await heldAlertOrNone(db, woken) : undefined
    if (held !== undefined) await joinHeldAlert(db, woken, held, now)
    const alert = (await findAlertDetailsOrNone(db, id, now)) ?? woken
    const isNow = alert.state === 'claimed' ? 'Claimed again' : 'Open again'
    await recordAudit(db, { at: now, who: 'rounds', act: 'alert.wake', subject: id, account: alert.account.id, isNow })
    await refreshAlert(db, settings, id, now)
    if (told.has(alert.account.key) && !isConfidential(alert.kind)) return undefined
    const threads = await threadsOfAlert(db, id)
    const awake = (await heldTogether(db, alert, now)).filter(({ state }) => state !== 'snoozed')
    for (const place of threads.length > 0 ? threads : places.map(to => ({ to }))) {
      const key = { subject: { of: 'alert', id }, purpose: 'woken', number: now } as const
      const card = cardFor(settings, awake, place.to, 'The snooze is over.')
      await addMessage(db, { ...key, ...place, card, alerts: awake.map(({ id }) => id), at: now })
    }
    return isConfidential(alert.kind) ? undefined : alert.account.key
  })
  if (account !== undefined) told.add(account)
}
