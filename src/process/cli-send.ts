import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { CLOSED_DOOR } from '../chat/door/closed-door.ts'
import type { ChatAdapter } from '../chat/port.ts'
import { systemClock } from '../clock.ts'
import type { Environment } from '../config.ts'
import { addressBook } from '../delivery/address-book.ts'
import { deliverPending } from '../delivery/deliver.ts'
import { BotError } from '../errors.ts'
import { createLog } from '../log.ts'
import { chosenPlatforms, platforms } from '../platforms.ts'
import { type Claim, renewClaim } from '../store/claims/claims.ts'
import { SERVICE, voidServiceClaims } from '../store/claims/instances.ts'
import { statesOfDigest } from '../store/digests/digest-runs.ts'
import type { Connection } from '../store/engine/engine.ts'
import { takeServiceLock } from '../store/engine/engines.ts'
import { type BuiltDigest, enqueueDigest } from '../work/digests/build-digest.ts'

type Sending = {
  readonly connection: Connection
  readonly digest: BuiltDigest
  readonly claim: Claim
  readonly url: string
  readonly env: Environment
}

const TIMEOUT = 60_000

/** Puts a digest into the outbox and waits until it is sent: by a running service, or else by this process. */
export async function sendDigest({ connection, digest, claim, url, env }: Sending): Promise<void> {
  const { platform } = digest.digest.to
  const chat = await chatOn(platform, env, connection)
  await enqueueDigest(connection.db, digest, chat.split, systemClock())
  const lock = await takeServiceLock(url)
  // No service runs: this process takes over what an earlier one had claimed when it was killed.
  if (lock !== undefined) await voidServiceClaims(connection.db)
  const holder = `${SERVICE}${randomUUID()}`
  const context = senderContext(connection, platform, chat, env)
  const slot = { digest: digest.digest.name, slot: digest.at }
  const deadline = systemClock() + TIMEOUT
  try {
    for (;;) {
      if (lock !== undefined) await deliverPending(context, holder)
      await renewClaim(connection.db, claim)
      const states = await statesOfDigest(connection.db, slot)
      const stuck = states.find(({ state }) => state === 'parked' || state === 'dead')
      if (stuck !== undefined) throw notSent(`${stuck.fault ?? stuck.state}`)
      if (states.every(({ state }) => state === 'sent')) return
      if (systemClock() > deadline) throw notSent(states.find(({ fault }) => fault !== null)?.fault ?? 'no answer yet')
      await sleep(200)
    }
  } finally {
    await lock?.release()
  }
}

function notSent(reason: string): BotError {
  return new BotError(
    'not_sent',
    `The digest did not go out: ${reason.replace(/\.+$/, '')}.`,
    'Is the bot in that channel, and its token right?',
  )
}

/** The platform's adapter, for sending only: it is never started. */
async function chatOn(platform: string, env: Environment, connection: Connection): Promise<ChatAdapter> {
  const chosen = chosenPlatforms(platforms, env).on.find(({ name }) => name === platform)
  if (chosen === undefined) {
    throw new BotError(
      'platform_off',
      `${platform} is not configured, so nothing was sent.`,
      'Set its variables, see .env.example, or use --dry-run.',
    )
  }
  const create = await chosen.load()
  return create({
    door: CLOSED_DOOR,
    app: express(),
    log: createLog('warn'),
    addresses: addressBook(connection.db, platform),
  })
}

function senderContext(connection: Connection, platform: string, chat: ChatAdapter, env: Environment) {
  return {
    connection,
    clock: systemClock,
    log: createLog(env.LOG_LEVEL || 'warn'),
    newId: randomUUID,
    platforms,
    chats: new Map([[platform, chat]]),
  }
}
