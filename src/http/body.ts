import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Request } from 'express'
import { withTimeout } from '../async/with-timeout.ts'
import { BodyError } from '../ingest/http/body-error.ts'
import { contentTypeIn, MOST_BYTES, tooLarge } from '../ingest/http/http-body.ts'

/** Milliseconds: a sender who sends nothing for so long is not waited for. */
const LONGEST_PAUSE = 30_000

/** The bytes of a body as they come, unpacked where they are packed. Throws `BodyError`. */
export function bytesOf(request: Request, pause = LONGEST_PAUSE): AsyncIterable<Uint8Array> {
  const isJson = contentTypeIn(request.get('content-type') ?? '') === 'application/json'
  if (isJson && Number(request.get('content-length') ?? 0) > MOST_BYTES) throw tooLarge()
  // The connection stays, so that a sender who is still sending hears why it was refused.
  const chunks = withoutLongPauses(request.iterator({ destroyOnReturn: false }), pause)
  const encoding = (request.get('content-encoding') ?? 'identity').toLowerCase()
  if (encoding === 'identity') return chunks
  if (encoding === 'gzip') return unpacked(chunks)
  throw new BodyError(415, `Rounds does not read ${encoding}.`, 'Send the body as it is, or with gzip.')
}

async function* withoutLongPauses(chunks: AsyncIterator<Uint8Array>, pause: number): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const next = await withTimeout(chunks.next(), pause, () => stopped(pause))
      if (next.done) return
      yield next.value
    }
  } finally {
    // Not waited for: it may hang on the chunk that never came.
    chunks.return?.()?.catch(() => {})
  }
}

function stopped(pause: number): BodyError {
  return new BodyError(
    408,
    `The body stopped for ${pause / 1_000} seconds.`,
    'Send it again; what is sent twice changes nothing.',
  )
}

async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  // What goes wrong ends the reading below.
  pipeline(chunks, gunzip).catch(() => {})
  try {
    for await (const chunk of gunzip) yield chunk
  } catch (error) {
    const isBroken = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
    if (!isBroken) throw error
    throw new BodyError(400, 'The body is not valid gzip.', 'Send it again, or without content-encoding.')
  }
}
