import { LONGEST_LINE, readLines } from './lines.ts'
import { type Refusal, refuse } from './values.ts'

/** A body that is refused as a whole. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415
  readonly hint: string

  constructor(status: BodyError['status'], sentence: string, hint: string) {
    super(sentence)
    this.status = status
    this.hint = hint
  }
}

/** What was sent as one row, counted from 1, or why it cannot be read. */
export type SentRow = { readonly row: number; readonly sent: { readonly value: unknown } | Refusal }

export const MOST_BYTES = 16 * 1024 * 1024
const MOST_ROWS = 100_000

/** The rows of a body, whole: nothing of one that is too large or breaks off is taken. */
export async function readBody(chunks: AsyncIterable<Uint8Array>, contentType: string): Promise<SentRow[]> {
  const type = contentType.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return readJson(limited(chunks))
  if (type === 'application/x-ndjson') return readNdjson(limited(chunks))
  throw new BodyError(
    415,
    type === '' ? 'The body has no content type.' : `Rounds does not read ${type}.`,
    'Send application/json, or application/x-ndjson with one signal a line.',
  )
}

export function tooLarge(): BodyError {
  return new BodyError(413, 'The body is larger than 16 MiB.', 'Send it in parts.')
}

async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw tooLarge()
    yield chunk
  }
}

async function readJson(chunks: AsyncIterable<Uint8Array>): Promise<SentRow[]> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const body = parsed(new TextDecoder().decode(Buffer.concat(parts)))
  if ('reason' in body) throw new BodyError(400, `The body ${body.reason}.`, 'Send a signal, or an array of signals.')
  const values: unknown[] = Array.isArray(body.value) ? body.value : [body.value]
  if (values.length > MOST_ROWS) throw tooManyRows()
  return values.map((value, at) => ({ row: at + 1, sent: { value } }))
}

async function readNdjson(chunks: AsyncIterable<Uint8Array>): Promise<SentRow[]> {
  const rows: SentRow[] = []
  for await (const { first, lines } of readLines(chunks)) {
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue
      if (rows.length === MOST_ROWS) throw tooManyRows()
      const sent = line.length > LONGEST_LINE ? refuse(`is longer than ${LONGEST_LINE} characters`) : parsed(line)
      rows.push({ row: first + at, sent })
    }
  }
  return rows
}

function tooManyRows(): BodyError {
  return new BodyError(413, 'The body has more than 100,000 rows.', 'Send it in parts.')
}

function parsed(text: string): { value: unknown } | Refusal {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return refuse(
      text.trim() === '' ? 'is empty' : `is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
