import cron from 'node-cron'
import type { Environment } from '../../config.ts'
import { newContext, type Runtime } from '../../context.ts'
import { deliverPending } from '../../delivery/deliver.ts'
import { HOUR } from '../../domain/time/instant.ts'
import { readFeed } from '../../ingest/calendar/read-feed.ts'
import { textFetcher } from '../../outbound/fetch-text.ts'
import { postOut } from '../../outbound/post-out.ts'
import { isAnythingUnsent } from '../../store/delivery/unsent.ts'
import { sendEvents } from '../events/send-events.ts'
import type { FeedReader } from '../meetings/brief-person.ts'
import { briefMeetings } from '../meetings/meetings-job.ts'
import type { Scorer } from '../scoring/score-job.ts'
import { pullDue } from '../sources/pull-job.ts'
import { watchFolders } from '../sources/watch-folders.ts'
import { turnsOn } from './in-turn.ts'
import { repeating, runEachIsolated } from './repeating.ts'
import { NEWS_EVERY, roundsOf } from './rounds.ts'

export type RunningJobs = {
  wakeSender(): void
  /** Wakes every job at once. */
  wakeAll(): void
  /** Runs everything that is due now, and resolves when that is done. */
  tick(): Promise<void>
  /** The names of the jobs that should have run again long ago. */
  stuck(): readonly string[]
  stop(): Promise<void>
}

/** Milliseconds between two checks of the outbox, of the slots, and of events for other systems. */
const SENDER_EVERY = 500
const SLOTS_EVERY = 20_000
const EVENTS_EVERY = 2_000

/** A job that last began longer ago is stuck: a large portfolio is scored in minutes, a message is sent in seconds. */
const LONGEST_TICK = HOUR / 2
const LONGEST_SENDING = HOUR / 12

/** `operator` is who runs the service. */
export type JobOptions = {
  readonly score: Scorer
  readonly operator: string
  readonly environment?: Environment
  readonly calendars?: FeedReader
}

/** Starts everything that runs without being asked: the slots, the rescoring of news, the sender. */
export function startJobs(
  runtime: Runtime,
  { score, operator, environment = {}, calendars = { fetch: textFetcher(), read: readFeed } }: JobOptions,
): RunningJobs {
  const { log, connection, instance: holder } = runtime
  const turns = turnsOn(connection, holder, log)
  const rounds = roundsOf(runtime, score, operator)
  const slots = repeating(log, 'slots', SLOTS_EVERY, turns.of('slots', rounds.slots))
  // node-cron ticks on the minute; the database says which slots are due. It goes by the wall clock, so `slots` also
  // repeats at its own interval, in case somebody sets that clock back.
  const minutes = cron.schedule('* * * * *', () => slots.wake(), { suppressMissedWarning: true })
  const news = repeating(log, 'news', NEWS_EVERY, turns.of('news', rounds.news))
  // A job of its own: a warehouse may take long to answer.
  const pulls = repeating(log, 'pulls', SLOTS_EVERY, async () =>
    pullDue(await newContext(runtime), environment, holder),
  )
  // So may another system's server.
  const telling = repeating(
    log,
    'events',
    EVENTS_EVERY,
    turns.of('events', () =>
      runEachIsolated(log, { events: async () => sendEvents(await newContext(runtime), environment, postOut) }),
    ),
  )
  // So may calendars.
  const meetings = repeating(log, 'meetings', SLOTS_EVERY, async () =>
    briefMeetings(await newContext(runtime), calendars, holder),
  )
  const folders = watchFolders(operator)
  const inbox = repeating(log, 'folders', SLOTS_EVERY, async () => folders(await newContext(runtime), holder))
  const sender = repeating(log, 'sender', SENDER_EVERY, async () => {
    if (!(await isAnythingUnsent(connection.db))) return
    const context = await newContext(runtime)
    while ((await deliverPending(context, holder)) > 0);
  })
  // What a slot has scored is no longer news.
  slots.once().then(news.wake)
  const all = [slots, news, pulls, meetings, inbox, telling, sender]
  const longest = [
    ['slots', slots, LONGEST_TICK],
    ['news', news, LONGEST_TICK],
    ['sender', sender, LONGEST_SENDING],
  ] as const
  return {
    wakeSender: sender.wake,
    wakeAll: () => {
      turns.askAgain()
      for (const job of all) job.wake()
    },
    tick: async () => {
      await slots.once()
      await news.once()
      await meetings.once()
    },
    stuck: () => longest.filter(([, job, most]) => job.idleFor() > most).map(([name]) => name),
    stop: async () => {
      await minutes.stop()
      await Promise.all(all.map(job => job.stop()))
      await turns.leave()
    },
  }
}
