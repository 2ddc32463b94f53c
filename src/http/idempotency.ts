import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Request } from 'express'
import { wentWell } from '../async/went-well.ts'
import { BodyError } from '../ingest/http/body-error.ts'
import type { Connection } from '../store/engine/engine.ts'
import {
  type Answered,
  type Begun,
  claimRequest,
  type RequestKey,
  releaseRequest,
  saveAnswer,
} from '../store/sources/idempotent-requests.ts'
import type { Db } from '../store/tables.ts'
import type { Caller } from './authorize.ts'

export type Answer = { readonly status: number; readonly body: string; readonly isReplayed?: boolean }

/** Takes a body, and says what to answer. */
export type Work = (chunks: AsyncIterable<Uint8Array>) => Promise<Answer>

/** The `Idempotency-Key` of a request; undefined where it has none. Throws `BodyError`. */
export function idempotencyKeyIn(request: Request): string | undefined {
  const key = request.get('idempotency-key')
  if (key === undefined || /^[!-~]{1,255}$/.test(key)) return key
  throw new BodyError(
    400,
    'Idempotency-Key is not 1 to 255 printable characters without blanks.',
    'Send a new UUID with each request, and the same one when you send the request again.',
  )
}

/**
 * Does the work of a request once: sent again with the same key and body it gets the same answer for a day, and nothing
 * is done. Throws `BodyError` where the key came with another body, or is under way.
 */
export async function once(
  connection: Connection,
  request: { readonly key: string; readonly path: string; readonly caller: Caller } & Begun,
  chunks: AsyncIterable<Uint8Array>,
  work: Work,
): Promise<Answer> {
  const { db } = connection
  const key = { token: request.caller.tokenId, key: request.key }
  const hash = createHash('sha256').update(`${request.path}\n`)
  const claim = await claimRequest(connection, key, request).catch(async error => {
    // It may be claimed even so, if only the answer was lost.
    await release(db, key, request)
    throw error
  })
  if (claim === 'under_way') {
    throw new BodyError(
      409,
      'A request with this Idempotency-Key is still running.',
      'Wait for its answer, or send it again in a second.',
    )
  }
  if (claim !== 'claimed') return answerAgain(claim, hash, chunks)
  try {
    const answer = await work(hashed(chunks, hash))
    await saveAnswer(connection, key, { hash: hash.digest('hex'), status: answer.status, answer: answer.body })
    return answer
  } catch (error) {
    await release(db, key, request)
    throw error
  }
}

/** Milliseconds between tries to release a key while the database is away, and how often: then its instance has to end first. */
const AGAIN = 2_000
const MOST_TRIES = 300

/** At once, if the database lets us; else nobody waits for it. */
async function release(db: Db, key: RequestKey, begun: Begun): Promise<void> {
  const isReleased = () => wentWell(releaseRequest(db, key, begun))
  if (await isReleased()) return
  const untilReleased = async () => {
    for (let tries = 2; tries <= MOST_TRIES; tries += 1) {
      await sleep(AGAIN, undefined, { ref: false })
      if (await isReleased()) return
    }
  }
  void untilReleased()
}

type Hash = ReturnType<typeof createHash>

async function answerAgain(known: Answered, hash: Hash, chunks: AsyncIterable<Uint8Array>): Promise<Answer> {
  for await (const _ of hashed(chunks, hash));
  if (hash.digest('hex') === known.hash) return { status: known.status, body: known.answer, isReplayed: true }
  throw new BodyError(
    422,
    'This Idempotency-Key was used for another request.',
    'Send a new key with a new body; a key is remembered for 24 hours.',
  )
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}
