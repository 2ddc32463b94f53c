import { setTimeout as sleep } from 'node:timers/promises'
import { catchUp } from '../chat/door/catch-up.ts'
import { handleArrival } from '../chat/door/door.ts'
import type { Environment } from '../config.ts'
import type { Runtime } from '../context.ts'
import type { Metrics } from '../metrics.ts'
import type { ScoringThread } from '../threads/scoring-thread.ts'
import type { FeedReader } from '../work/meetings/brief-person.ts'
import { type RunningJobs, startJobs } from '../work/schedule/jobs.ts'
import { NEVER, repeating } from '../work/schedule/repeating.ts'
import { watchUnfinished } from '../work/schedule/watch-unfinished.ts'
import { helpScoring } from '../work/scoring/together/help-scoring.ts'
import type { OnStop } from './shutdown.ts'

type Helpers = {
  readonly scoring: ScoringThread
  readonly metrics: Metrics
  readonly operator: string
  readonly env: Environment
  readonly calendars?: FeedReader
}

/**
 * Milliseconds between two checks for work that a lost instance left behind. A single instance checks once, at its
 * start.
 */
const LOOK_FOR_LOST = 10_000

/** Milliseconds that jobs may take to end once the service is told to stop. */
const GRACE_PERIOD = 2_000

/**
 * Starts everything that happens without being asked: the jobs, and the work that another instance, or this one before
 * it ended, left behind.
 */
export function startWork(
  runtime: Runtime,
  { scoring, metrics, operator, env, calendars }: Helpers,
  onStop: OnStop,
): RunningJobs {
  const { connection, log } = runtime
  const { isShared } = connection.engine
  const jobs = startJobs(runtime, {
    score: metrics.timed(scoring.score),
    operator,
    environment: env,
    ...(calendars !== undefined && { calendars }),
  })
  const helping = helpScoring(runtime, scoring.help)
  onStop(() => endJobs([jobs, helping], scoring))
  const lookForLost = catchUp(runtime, arrived => handleArrival(runtime, arrived))
  const late = repeating(log, 'requests cut short', isShared ? LOOK_FOR_LOST : NEVER, lookForLost)
  late.wake()
  onStop(late.stop)
  onStop(connection.engine.listenToOutbox(jobs.wakeSender).end)
  if (!isShared) return jobs
  const unfinished = watchUnfinished(connection.db, log, {
    takeUp: () => {
      jobs.wakeAll()
      late.wake()
    },
    help: helping.wake,
  })
  onStop(unfinished.stop)
  return jobs
}

/** A scoring that takes longer is cut short: its slot is not recorded, so that the next start does it again. */
async function endJobs(jobs: readonly Pick<RunningJobs, 'stop'>[], scoring: ScoringThread): Promise<void> {
  const ended = Promise.all(jobs.map(job => job.stop()))
  await Promise.race([ended, sleep(GRACE_PERIOD, undefined, { ref: false })])
  await scoring.stop()
  await ended
}
