import type { Context } from '../../context.ts'
import { destinationName } from '../../domain/delivery/destination.ts'
import { HOUR, type Instant } from '../../domain/time/instant.ts'
import type { Digest } from '../../model/digests.ts'
import { type Claim, underClaim } from '../../store/claims/claims.ts'
import { wasAnnouncedAfter } from '../../store/digests/digest-runs.ts'
import type { Job } from '../schedule/schedule.ts'
import { buildDigest, digestJobName, enqueueDigest } from './build-digest.ts'
import type { KnownDigest } from './known-digests.ts'
import { PAUSED } from './pause-digest.ts'

const LATEST = 6 * HOUR

/**
 * One digest at its slots. A missed one still goes out, marked late, within an hour of its slot, or up to 6 h later
 * and before 18:00 local; a paused digest skips its slots.
 */
export function digestJob(context: Context, { digest, isPaused }: Pick<KnownDigest, 'digest' | 'isPaused'>): Job {
  return {
    name: digestJobName(digest.name),
    timing: { schedule: digest.schedule, time_zone: digest.time_zone },
    tooLate: (slot, now) => {
      return isPaused ? PAUSED : tooLateToPost(slot, now, digest.time_zone)
    },
    run: (slot, isLate, claim) => postDigest(context, digest, claim, slot, isLate),
  }
}

/** Why a slot's message is no longer posted; undefined while it still is. */
export function tooLateToPost(slot: Instant, now: Instant, timeZone: string): string | undefined {
  if (now - slot <= HOUR) return undefined
  if (now - slot <= LATEST && isBefore18(now, timeZone)) return undefined
  return 'too late, the next one covers it'
}

async function postDigest(
  context: Context,
  digest: Digest,
  claim: Claim,
  slot: Instant,
  isLate: boolean,
): Promise<string | undefined> {
  const { connection, settings, clock, chats, log } = context
  const chat = chats.get(digest.to.platform)
  if (chat === undefined) {
    log.warn({ digest: digest.name, to: destinationName(digest.to) }, 'a digest has no platform to go to')
    return 'its platform is off'
  }
  const run = { digest: digest.name, destination: digest.to, slot }
  if (await wasAnnouncedAfter(connection.db, run, clock())) return 'one sent by hand covers it'
  const built = await buildDigest(connection, settings, digest, slot, isLate)
  await underClaim(connection.db, claim, db => enqueueDigest(db, built, chat.split, clock()))
  context.wakeSender()
  return undefined
}

function isBefore18(now: Instant, timeZone: string): boolean {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now)
  return Number(hour) < 18
}
