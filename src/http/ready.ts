import type { RequestHandler } from 'express'
import * as z from 'zod'
import type { Clock } from '../clock.ts'
import { asTypedHere } from '../command-name.ts'
import { counted } from '../domain/counted.ts'
import type { Instant } from '../domain/time/instant.ts'
import { isoTime } from '../domain/time/iso-time.ts'
import { storageTrouble } from '../ingest/storage-trouble.ts'
import type { ClockJump } from '../process/clock-watch.ts'
import { readStuckMessages } from '../store/admin/checkup.ts'
import { pausedPlatforms } from '../store/destinations/destination-pauses.ts'
import type { Connection } from '../store/engine/engine.ts'
import { isBusy, isUnreachable } from '../store/engine/engines.ts'
import { newestSlotLooked } from '../store/schedule/schedules.ts'
import type { Operation, Route } from './route.ts'

export type ReadyContext = {
  readonly connection: Connection
  readonly instance: string
  readonly clock: Clock
  /** The jobs that have not begun again for too long, by name. */
  readonly stuckJobs: () => readonly string[]
  /** The last jump of the clock that is worth a word. */
  readonly clockJump?: () => ClockJump | undefined
}

type Reader = (context: ReadyContext, now: Instant) => string[] | Promise<string[]>

/** What takes readiness away. */
const BROKEN: readonly Reader[] = [jobs, disk]

/** What is named only: nobody is helped by taking the rest away. */
const DEGRADED: readonly Reader[] = [space, sending, clockProblems, replica]

const MEGABYTE = 1_000_000

/** Less than this is soon none. */
const LITTLE_SPACE = 200 * MEGABYTE

/**
 * 200 while the database can be read and written and the jobs go round, 503 else; either way with everything in words
 * that somebody should know: a platform that lets nothing through, messages that wait, a disk almost full, a clock that jumped.
 */
export function readyRoute(context: ReadyContext): Route {
  const operation: Operation = {
    summary: 'Whether the service can work',
    access: 'anyone',
    answers: {
      200: { description: 'It can; problems are named.', schema: READINESS },
      503: { description: 'It cannot, and why.', schema: READINESS },
    },
  }
  return { method: 'get', path: '/readyz', operation, handler: () => readiness(context) }
}

const READINESS = z
  .strictObject({ ready: z.boolean(), instance: z.string(), problems: z.array(z.string()) })
  .meta({ id: 'Readiness', description: 'Everything in words that somebody should know.' })

function readiness(context: ReadyContext): RequestHandler {
  return async (_request, response) => {
    const now = context.clock()
    const broken = await problemsOf(BROKEN, context, now)
    // A database that does not answer is not asked again and again.
    const degraded = broken.isReadable ? await problemsOf(DEGRADED, context, now) : { problems: [], isReadable: false }
    const unreadable = degraded.isReadable ? [] : ['The database cannot be read.']
    const ready = broken.problems.length === 0 && unreadable.length === 0
    response.status(ready ? 200 : 503)
    response.json({
      ready,
      instance: context.instance,
      problems: [...unreadable, ...broken.problems, ...degraded.problems].map(asTypedHere),
    })
  }
}

async function problemsOf(readers: readonly Reader[], context: ReadyContext, now: Instant) {
  const problems: string[] = []
  let isReadable = true
  for (const read of readers) {
    try {
      problems.push(...(await read(context, now)))
    } catch {
      isReadable = false
    }
  }
  return { problems, isReadable }
}

function jobs({ stuckJobs }: ReadyContext): string[] {
  return stuckJobs().map(name => `The job "${name}" is stuck; the log says why.`)
}

/** Asked of the disk itself: an acknowledgement that cannot be kept is not given. */
async function disk({ connection }: ReadyContext, now: Instant): Promise<string[]> {
  try {
    await connection.engine.probeWriting(connection.db, now)
    return []
  } catch (error) {
    const trouble = storageTrouble(error)
    if (trouble === undefined || isUnreachable(error)) throw error
    return isBusy(error) ? [] : [`${trouble.sentence} Nothing new is accepted until that is fixed. ${trouble.hint}`]
  }
}

async function space({ connection }: ReadyContext): Promise<string[]> {
  const free = await connection.engine.freeBytes()
  if (free === undefined || free >= LITTLE_SPACE) return []
  return [`The disk of the database has ${Math.floor(free / MEGABYTE)} MB left.`]
}

function replica({ connection }: ReadyContext): Promise<string[]> {
  return connection.engine.degraded()
}

async function sending({ connection }: ReadyContext, now: Instant): Promise<string[]> {
  const resting = await pausedPlatforms(connection.db, now)
  const stuck = await readStuckMessages(connection.db, now)
  const waiting = stuck.filter(({ state }) => state === 'pending' || state === 'unknown')
  const count = waiting.reduce((sum, { count }) => sum + count, 0)
  return [
    ...resting.map(platform => `Sending is paused: ${platform} accepts nothing; \`rounds doctor\` says why.`),
    ...(count === 0
      ? []
      : [`${counted(count, 'message waits', 'messages wait')} for more than ten minutes; \`rounds doctor\` says why.`]),
  ]
}

async function clockProblems({ connection, clockJump }: ReadyContext, now: Instant): Promise<string[]> {
  const jump = clockJump?.()
  const newest = await newestSlotLooked(connection.db)
  return [
    ...(jump === undefined ? [] : [jumpText(jump)]),
    ...(newest === undefined || newest <= now + MINUTE
      ? []
      : [
          `The clock says ${isoTime(now)}, but a schedule already ran at ${isoTime(newest)}: check the time of this machine.`,
        ]),
  ]
}

const MINUTE = 60_000

function jumpText({ by, ago }: ClockJump): string {
  const length =
    Math.abs(by) < 120 * MINUTE
      ? `${Math.round(Math.abs(by) / MINUTE)} min`
      : `${Math.round(Math.abs(by) / (60 * MINUTE))} h`
  const way = by > 0 ? 'ahead, or the machine slept,' : 'back'
  return `The clock jumped ${way} by ${length}, ${Math.round(ago / MINUTE)} min ago: check the time of this machine.`
}
