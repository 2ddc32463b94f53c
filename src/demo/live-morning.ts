import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '../domain/time/instant.ts'
import type { Digest } from '../model/digests.ts'
import type { Settings } from '../model/settings.ts'
import type { Service } from '../service.ts'
import { knowsAnyAddress } from '../store/destinations/addresses.ts'
import { buildDigest, enqueueDigest } from '../work/digests/build-digest.ts'
import { scoreAccounts } from '../work/scoring/score.ts'

const CHECK_EVERY = 500

type Morning = {
  readonly settings: Settings
  readonly digest: Digest
  readonly at: Instant
  readonly newId: () => string
  readonly now: () => Instant
}

/** Waits until somebody has opened the other end, so that what the morning brings arrives before their eyes. */
export async function untilSomebodyIsThere({ connection }: Service, digest: Digest, stop: AbortSignal): Promise<void> {
  const { platform } = digest.to
  while (!stop.aborted && !(await knowsAnyAddress(connection.db, platform))) await sleep(CHECK_EVERY)
}

/** The scoring of the last day, with its alerts and plays, and the digest; the running service says it all. */
export async function liveTheMorning(service: Service, { settings, digest, at, newId, now }: Morning): Promise<void> {
  const { connection, chats } = service
  const { model, routes } = settings
  await scoreAccounts(connection, { model, routes, at, newId, accounts: 'all', purpose: 'slot' })
  const chat = chats.get(digest.to.platform)
  if (chat === undefined) return
  await enqueueDigest(connection.db, await buildDigest(connection, settings, digest, at), chat.split, now())
}
