import cron from 'node-cron'
import type { Environment } from '../../config.ts'
import { begin, type Context, type Runtime } from '../../context.ts'
import { deliverPending } from '../../delivery/deliver.ts'
import { DAY, dayOf, HOUR } from '../../domain/time/instant.ts'
import { readFeed } from '../../ingest/calendar/read-feed.ts'
import { textFetcher } from '../../outbound/fetch-text.ts'
import { type PostOut, postOut } from '../../outbound/post-out.ts'
import { auditHead } from '../../store/audit/audit-chain.ts'
import { redrawAged } from '../../store/delivery/account-cards.ts'
import { forgetDeliveries } from '../../store/delivery/handled-requests.ts'
import { wakeResting } from '../../store/delivery/held-messages.ts'
import { probeParked } from '../../store/delivery/parked.ts'
import { readManagedDigests } from '../../store/digests/managed-digests.ts'
import { forgetAnswers } from '../../store/sources/idempotent-requests.ts'
import { customersJob } from '../accounts/customers-job.ts'
import { voidWhatLiesAhead } from '../admin/clock-job.ts'
import { deleteWhatIsOld } from '../admin/delete-old.ts'
import { nameSharedDestinations } from '../admin/shared-destinations.ts'
import { announceAlerts } from '../alerts/announce-alerts.ts'
import { muteRules } from '../alerts/mute-rules.ts'
import { digestJob } from '../digests/digest-job.ts'
import { knownDigests } from '../digests/known-digests.ts'
import { escalateDue } from '../escalation/escalate.ts'
import { sendEvents } from '../events/send-events.ts'
import { homeFollower } from '../home/follow-homes.ts'
import { morningJobs } from '../home/morning-job.ts'
import type { FeedReader } from '../meetings/brief-person.ts'
import { briefMeetings } from '../meetings/meetings-job.ts'
import { reviewJob } from '../outcomes/review-job.ts'
import { notifyNewOwners } from '../people/announce-to-new-owners.ts'
import { releaseHeld } from '../people/release-held.ts'
import { announcePlays } from '../playbooks/announce-plays.ts'
import { remindOfPulses } from '../pulses/pulse-reminder-job.ts'
import { useNewModel } from '../scoring/model-job.ts'
import { rescoreDue, type Scorer, scoreJob } from '../scoring/score-job.ts'
import { announceSilence } from '../sources/announce-silence.ts'
import { countDistinctUsers } from '../sources/count-users.ts'
import { pullDue } from '../sources/pull-job.ts'
import { watchFolders } from '../sources/watch-folders.ts'
import { ageInvoices, placeEventsThatWait } from '../sources/webhook-jobs.ts'
import { turnsOn } from './in-turn.ts'
import { eachOnItsOwn, repeating, restingAsLong } from './repeating.ts'
import { runDueSlots } from './schedule.ts'

export type RunningJobs = {
  wakeSender(): void
  /** Lets everything look again at once. */
  wakeAll(): void
  /** Looks at everything that is due now, and resolves when that is done. */
  look(): Promise<void>
  /** The names of those that should have begun again long ago. */
  stuck(): readonly string[]
  stop(): Promise<void>
}

/** Milliseconds between looks at the outbox, at the accounts with news, and at the slots. */
const SENDER_REST = 500
const NEWS_REST = 1_500
const SLOTS_REST = 20_000
const EVENTS_REST = 2_000

/** What began last so long ago stands still: a large portfolio is scored in minutes, a message is sent in seconds. */
const LONGEST_LOOK = HOUR / 2
const LONGEST_SENDING = HOUR / 12

/** Starts everything that happens without being asked: the slots, the rescoring of news, the sender; `operator` runs it. */
export function startJobs(
  runtime: Runtime,
  score: Scorer,
  operator: string,
  environment: Environment = {},
  post: PostOut = postOut,
  calendars: FeedReader = { fetch: textFetcher(), read: readFeed },
): RunningJobs {
  const { log, clock, connection } = runtime
  const { db } = connection
  const holder = runtime.instance
  const announcing = (context: Context) => ({
    'announce alerts': () => announceAlerts(context),
    'announce plays': () => announcePlays(context),
  })
  let headLoggedOn = ''
  const customers = customersJob()
  let sharedNamedAt = Number.NEGATIVE_INFINITY
  let invoicesAgedAt = Number.NEGATIVE_INFINITY
  const turns = turnsOn(connection, holder)
  const slotsRound = turns.of('slots', async () => {
    const now = clock()
    const context = await begin(runtime)
    const known = knownDigests(await readManagedDigests(db), context.settings)
    const jobs = [
      scoreJob(context, score),
      ...known.map(digest => digestJob(context, digest)),
      ...(await morningJobs(context)),
      reviewJob(context),
    ]
    const looks = jobs.map(job => [job.name, () => runDueSlots({ db, log, holder }, job, now)])
    await eachOnItsOwn(log, {
      'void future records': () =>
        voidWhatLiesAhead(
          db,
          log,
          known.map(({ digest }) => digest),
          now,
        ),
      'update customers': () => customers(context),
      ...Object.fromEntries(looks),
      ...announcing(context),
      'place events that wait': () => placeEventsThatWait(context),
      'announce silent sources': () => announceSilence(context),
      'release held': () => releaseHeld(context),
      'notify new owners': () => notifyNewOwners(context),
      escalate: () => escalateDue(context),
      'redraw alerts': async () => {
        if ((await redrawAged(db, now)) > 0) context.wakeSender()
      },
      'mute rules': () => muteRules(context),
      'remind of pulses': () => remindOfPulses(context),
      'end quiet hours': async () => {
        if ((await wakeResting(db, now)) > 0) context.wakeSender()
      },
      // At the start, and hourly: a channel may be shared at any time.
      'name shared channels': async () => {
        if (now - sharedNamedAt < HOUR && now >= sharedNamedAt) return
        sharedNamedAt = now
        await nameSharedDestinations(context)
      },
      // At the start, and hourly: it costs a look at each account with an invoice.
      'age invoices': async () => {
        if (now - invoicesAgedAt < HOUR && now >= invoicesAgedAt) return
        invoicesAgedAt = now
        await ageInvoices(context)
      },
      'probe parked': () => probeParked(db, now - HOUR, now),
      // Once a day, and at the start: in the log file it is out of reach of the person who can write the database.
      'log audit head': async () => {
        const day = dayOf(now)
        if (day === headLoggedOn) return
        log.info(await auditHead(db), 'audit log head')
        headLoggedOn = day
      },
      'delete old data': () => deleteWhatIsOld(context),
      'forget deliveries': () => forgetDeliveries(db, now - DAY),
      'forget answers': () => forgetAnswers(db, now),
    })
  })
  const slots = repeating(log, 'slots', SLOTS_REST, slotsRound)
  // node-cron ticks on the minute; which slots are due is for the database to say. It waits by the clock on the wall,
  // so the rest of `slots` goes on beside it, for when somebody puts that clock back.
  const tick = cron.schedule('* * * * *', () => slots.wake(), { suppressMissedWarning: true })
  const homes = homeFollower()
  const rescoring = restingAsLong(NEWS_REST, (context: Context) => rescoreDue(context, score, holder))
  const newsRound = turns.of('news', async () => {
    const context = await begin(runtime)
    await eachOnItsOwn(log, {
      'count users': () => countDistinctUsers(context),
      'update customers': () => customers(context),
      'use new model': () => useNewModel(context, score, operator, holder),
      'rescore due': () => rescoring(context),
      ...announcing(context),
      'follow homes': () => homes(context),
    })
  })
  const news = repeating(log, 'news', NEWS_REST, newsRound)
  // A warehouse may take long to answer, and nothing else waits for it.
  const pulls = repeating(log, 'pulls', SLOTS_REST, async () => pullDue(await begin(runtime), environment, holder))
  // Somebody else's server answers when it likes.
  const telling = repeating(
    log,
    'events',
    EVENTS_REST,
    turns.of('events', async () => sendEvents(await begin(runtime), environment, post)),
  )
  // The same of calendars.
  const meetings = repeating(log, 'meetings', SLOTS_REST, async () =>
    briefMeetings(await begin(runtime), calendars, holder),
  )
  const folders = watchFolders(operator)
  const inbox = repeating(log, 'folders', SLOTS_REST, async () => folders(await begin(runtime), holder))
  const sender = repeating(log, 'sender', SENDER_REST, async () => {
    const context = await begin(runtime)
    while ((await deliverPending(context, holder)) > 0);
  })
  // What a slot scores is no news anymore.
  slots.once().then(news.wake)
  const all = [slots, news, pulls, meetings, inbox, telling, sender]
  const longest = [
    ['slots', slots, LONGEST_LOOK],
    ['news', news, LONGEST_LOOK],
    ['sender', sender, LONGEST_SENDING],
  ] as const
  return {
    wakeSender: sender.wake,
    wakeAll: () => {
      for (const job of all) job.wake()
    },
    look: async () => {
      await slots.once()
      await news.once()
      await meetings.once()
    },
    stuck: () => longest.filter(([, job, most]) => job.idleFor() > most).map(([name]) => name),
    stop: async () => {
      await tick.stop()
      await Promise.all(all.map(job => job.stop()))
      await turns.leave()
    },
  }
}
