import { type Context, newContext, type Runtime } from '../../context.ts'
import { DAY, dayOf, HOUR, type Instant } from '../../domain/time/instant.ts'
import { auditHead } from '../../store/audit/audit-chain.ts'
import { forgetInstances } from '../../store/claims/instances.ts'
import { redrawAgedCards } from '../../store/delivery/account-cards.ts'
import { forgetDeliveries } from '../../store/delivery/handled-requests.ts'
import { wakeResting } from '../../store/delivery/held-messages.ts'
import { probeParked } from '../../store/delivery/parked.ts'
import { readManagedDigests } from '../../store/digests/managed-digests.ts'
import { forgetAnswers } from '../../store/sources/idempotent-requests.ts'
import { customersJob } from '../accounts/customers-job.ts'
import { voidFutureData } from '../admin/clock-job.ts'
import { deleteExpired } from '../admin/delete-expired.ts'
import { nameSharedDestinations } from '../admin/shared-destinations.ts'
import { announceAlerts } from '../alerts/announce-alerts.ts'
import { muteRules } from '../alerts/mute-rules.ts'
import { digestJob } from '../digests/digest-job.ts'
import { knownDigests } from '../digests/known-digests.ts'
import { escalateDue } from '../escalation/escalate.ts'
import { homeFollower } from '../home/follow-homes.ts'
import { morningJobs } from '../home/morning-job.ts'
import { reviewJob } from '../outcomes/review-job.ts'
import { notifyNewOwners } from '../people/notify-new-owners.ts'
import { releaseHeld } from '../people/release-held.ts'
import { announcePlays } from '../playbooks/announce-plays.ts'
import { remindOfPulses } from '../pulses/pulse-reminder-job.ts'
import { useNewModel } from '../scoring/model-job.ts'
import { rescoreDue, type Scorer, scoreJob } from '../scoring/score-job.ts'
import { announceSilence } from '../sources/announce-silence.ts'
import { countDistinctUsers } from '../sources/count-users.ts'
import { ageInvoices, placeWaitingEvents } from '../sources/webhook-jobs.ts'
import { atMostHalfTheTime, runEachIsolated } from './repeating.ts'
import { runDueSlots } from './schedule.ts'

/** Milliseconds between two rescorings of accounts with news. */
export const NEWS_EVERY = 1_500

/** What runs unasked at every tick: due slots and everything that goes by the clock, and accounts with news. */
export function roundsOf(runtime: Runtime, score: Scorer, operator: string) {
  const { log, clock, connection, instance: holder } = runtime
  const { db } = connection
  const announcing = (context: Context) => ({
    'announce alerts': () => announceAlerts(context),
    'announce plays': () => announcePlays(context),
  })
  const customers = customersJob()
  // A channel may be shared at any time.
  const sharedChannels = hourly(nameSharedDestinations)
  // It reads each account with an invoice.
  const invoices = hourly(ageInvoices)
  const instances = hourly(({ connection: { db } }) => forgetInstances(db))
  let headLoggedOn = ''
  const homes = homeFollower()
  const rescoring = atMostHalfTheTime(NEWS_EVERY, (context: Context) => rescoreDue(context, score, holder))
  return {
    slots: async () => {
      const now = clock()
      const context = await newContext(runtime)
      const known = knownDigests(await readManagedDigests(db), context.settings)
      const jobs = [
        scoreJob(context, score),
        ...known.map(digest => digestJob(context, digest)),
        ...(await morningJobs(context)),
        reviewJob(context),
      ]
      const looks = jobs.map(job => [job.name, () => runDueSlots({ db, log, holder }, job, now)])
      return runEachIsolated(log, {
        'void future records': () =>
          voidFutureData(
            db,
            log,
            known.map(({ digest }) => digest),
            now,
          ),
        'update customers': () => customers(context),
        ...Object.fromEntries(looks),
        ...announcing(context),
        'place events that wait': () => placeWaitingEvents(context),
        'announce silent sources': () => announceSilence(context),
        'release held': () => releaseHeld(context),
        'notify new owners': () => notifyNewOwners(context),
        escalate: () => escalateDue(context),
        'redraw alerts': async () => {
          if ((await redrawAgedCards(db, now)) > 0) context.wakeSender()
        },
        'mute rules': () => muteRules(context),
        'remind of pulses': () => remindOfPulses(context),
        'end quiet hours': async () => {
          if ((await wakeResting(db, now)) > 0) context.wakeSender()
        },
        'name shared channels': () => sharedChannels(context, now),
        'age invoices': () => invoices(context, now),
        'probe parked': () => probeParked(db, now - HOUR, now),
        // Once a day, and at the start: somebody who can write to the database cannot change the log file.
        'log audit head': async () => {
          const day = dayOf(now)
          if (day === headLoggedOn) return
          log.info(await auditHead(db), 'audit log head')
          headLoggedOn = day
        },
        'delete old data': () => deleteExpired(context),
        'forget deliveries': () => forgetDeliveries(db, now - DAY),
        'forget answers': () => forgetAnswers(db, now),
        'forget instances': () => instances(context, now),
      })
    },
    news: async () => {
      const context = await newContext(runtime)
      return runEachIsolated(log, {
        'count users': () => countDistinctUsers(context),
        'update customers': () => customers(context),
        'use new model': () => useNewModel(context, score, operator, holder),
        'rescore due': () => rescoring(context),
        ...announcing(context),
        'follow homes': () => homes(context),
      })
    },
  }
}

/** Runs at the start, and hourly. */
function hourly(work: (context: Context) => Promise<void>): (context: Context, now: Instant) => Promise<void> {
  let doneAt = Number.NEGATIVE_INFINITY
  return async (context, now) => {
    if (now - doneAt < HOUR && now >= doneAt) return
    doneAt = now
    await work(context)
  }
}
