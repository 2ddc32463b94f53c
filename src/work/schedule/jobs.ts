import cron from 'node-cron'
import type { Environment } from '../../config.ts'
import { newContext, type Runtime } from '../../context.ts'
import { deliverPending } from '../../delivery/deliver.ts'
import { HOUR } from '../../domain/time/instant.ts'
import { readFeed } from '../../ingest/calendar/read-feed.ts'
import { textFetcher } from '../../outbound/fetch-text.ts'
import { type PostOut, postOut } from '../../outbound/post-out.ts'
import { isAnythingUnsent } from '../../store/delivery/unsent.ts'
import { sendEvents } from '../events/send-events.ts'
import type { FeedReader } from '../meetings/brief-person.ts'
import { briefMeetings } from '../meetings/meetings-job.ts'
import type { Scorer } from '../scoring/score-job.ts'
import { pullDue } from '../sources/pull-job.ts'
import { watchFolders } from '../sources/watch-folders.ts'
import { turnsOn } from './in-turn.ts'
import { repeating, runEachIsolated } from './repeating.ts'
import { NEWS_REST, roundsOf } from './rounds.ts'

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

/** Milliseconds between looks at the outbox, at the slots, and at what others are to be told. */
const SENDER_REST = 500
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
  const { log, connection, instance: holder } = runtime
  const turns = turnsOn(connection, holder, log)
  const rounds = roundsOf(runtime, score, operator)
  const slots = repeating(log, 'slots', SLOTS_REST, turns.of('slots', rounds.slots))
  // node-cron ticks on the minute; which slots are due is for the database to say. It waits by the clock on the wall,
  // so the rest of `slots` goes on beside it, for when somebody puts that clock back.
  const tick = cron.schedule('* * * * *', () => slots.wake(), { suppressMissedWarning: true })
  const news = repeating(log, 'news', NEWS_REST, turns.of('news', rounds.news))
  // A warehouse may take long to answer, and nothing else waits for it.
  const pulls = repeating(log, 'pulls', SLOTS_REST, async () => pullDue(await newContext(runtime), environment, holder))
  // Somebody else's server answers when it likes.
  const telling = repeating(
    log,
    'events',
    EVENTS_REST,
    turns.of('events', () =>
      runEachIsolated(log, { events: async () => sendEvents(await newContext(runtime), environment, post) }),
    ),
  )
  // The same of calendars.
  const meetings = repeating(log, 'meetings', SLOTS_REST, async () =>
    briefMeetings(await newContext(runtime), calendars, holder),
  )
  const folders = watchFolders(operator)
  const inbox = repeating(log, 'folders', SLOTS_REST, async () => folders(await newContext(runtime), holder))
  const sender = repeating(log, 'sender', SENDER_REST, async () => {
    if (!(await isAnythingUnsent(connection.db))) return
    const context = await newContext(runtime)
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
