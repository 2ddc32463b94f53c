import cron from 'node-cron'
import type { Context } from '../context.ts'
import { DAY, dayOf, HOUR } from '../domain/instant.ts'
import { announceAlerts } from '../operations/announce-alerts.ts'
import { deliverOwed } from '../operations/deliver.ts'
import { knownDigests } from '../operations/known-digests.ts'
import { quietenRules } from '../operations/quieten-rules.ts'
import { releaseHeld } from '../operations/release-held.ts'
import { nameSharedDestinations } from '../operations/shared-destinations.ts'
import { tellNewOwners } from '../operations/tell-new-owners.ts'
import { tellPlays } from '../operations/tell-plays.ts'
import { auditHead } from '../store/audit-chain.ts'
import { forgetDeliveries } from '../store/deliveries.ts'
import { SERVICE } from '../store/job-claims.ts'
import { probeParked } from '../store/parked.ts'
import { voidWhatLiesAhead } from './clock-job.ts'
import { customersJob } from './customers-job.ts'
import { deleteWhatIsOld } from './delete-old.ts'
import { digestJob } from './digest-job.ts'
import { climbLadders } from './ladder-job.ts'
import { useNewModel } from './model-job.ts'
import { remindOfPulses } from './pulse-reminder-job.ts'
import { eachOnItsOwn, repeating } from './repeating.ts'
import { runDueSlots } from './schedule.ts'
import { rescoreDue, type Scorer, scoreJob } from './score-job.ts'

export type RunningJobs = {
  wakeSender(): void
  /** Looks at everything that is due now, and resolves when that is done. */
  look(): Promise<void>
  /** The names of those that should have begun anew long ago. */
  standingStill(): readonly string[]
  stop(): Promise<void>
}

/** Milliseconds between looks at the outbox, at the accounts with news, and at the slots. */
const SENDER_REST = 500
const NEWS_REST = 1_500
const SLOTS_REST = 20_000

/** What began last so long ago stands still: a large portfolio is scored in minutes, a message is sent in seconds. */
const LONGEST_LOOK = HOUR / 2
const LONGEST_SENDING = HOUR / 12

/** Starts everything that happens without being asked: the slots, the rescoring of news, the sender; `operator` runs it. */
export function startJobs(context: Context, score: Scorer, operator: string): RunningJobs {
  const { log, clock, connection } = context
  const { db } = connection
  const holder = `${SERVICE}${context.newId()}`
  const announcing = {
    'announce alerts': () => announceAlerts(context),
    'tell plays': () => tellPlays(context),
  }
  let headLoggedOn = ''
  const customers = customersJob(context)
  let sharedNamedAt = Number.NEGATIVE_INFINITY
  const slots = repeating(log, 'slots', SLOTS_REST, async () => {
    const now = clock()
    const known = knownDigests(connection, context.settings())
    const jobs = [scoreJob(context, score), ...known.map(digest => digestJob(context, digest))]
    const looks = jobs.map(job => [job.name, () => runDueSlots({ db, log, holder }, job, now)])
    await eachOnItsOwn(log, {
      'void what lies ahead': () =>
        voidWhatLiesAhead(
          db,
          log,
          known.map(({ digest }) => digest),
          now,
        ),
      'update customers': customers,
      ...Object.fromEntries(looks),
      ...announcing,
      'release held': () => releaseHeld(context),
      'tell new owners': () => tellNewOwners(context),
      'climb ladders': () => climbLadders(context),
      'quieten rules': () => quietenRules(context),
      'remind of pulses': () => remindOfPulses(context),
      // At the start, and hourly: a channel may be shared at any time.
      'name shared channels': async () => {
        if (now - sharedNamedAt < HOUR && now >= sharedNamedAt) return
        sharedNamedAt = now
        await nameSharedDestinations(context)
      },
      'probe parked': () => probeParked(db, now - HOUR, now),
      // Once a day, and at the start: in the log file it is out of reach of whoever can write the database.
      'log audit head': async () => {
        const day = dayOf(now)
        if (day === headLoggedOn) return
        log.info(await auditHead(db), 'audit log head')
        headLoggedOn = day
      },
      'delete what is old': () => deleteWhatIsOld(context),
      'forget deliveries': () => forgetDeliveries(db, now - DAY),
    })
  })
  // node-cron ticks on the minute; which slots are due is for the database to say. It waits by the clock on the wall,
  // so the rest of `slots` goes on beside it, for when somebody puts that clock back.
  const tick = cron.schedule('* * * * *', () => slots.wake(), { suppressMissedWarning: true })
  const news = repeating(log, 'news', NEWS_REST, async () => {
    await eachOnItsOwn(log, {
      'update customers': customers,
      'use new model': () => useNewModel(context, score, operator, holder),
      'rescore due': () => rescoreDue(context, score, holder),
      ...announcing,
    })
  })
  const sender = repeating(log, 'sender', SENDER_REST, async () => {
    while ((await deliverOwed(context)) > 0);
  })
  slots.wake()
  const longest = [
    ['slots', slots, LONGEST_LOOK],
    ['news', news, LONGEST_LOOK],
    ['sender', sender, LONGEST_SENDING],
  ] as const
  return {
    wakeSender: sender.wake,
    look: slots.once,
    standingStill: () => longest.filter(([, job, most]) => job.idleFor() > most).map(([name]) => name),
    stop: async () => {
      await tick.stop()
      await Promise.all([slots.stop(), news.stop(), sender.stop()])
    },
  }
}
