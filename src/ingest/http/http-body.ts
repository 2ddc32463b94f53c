import { LONGEST_LINE, readLines } from '../files/lines.ts'
import { isRefusal, type Refusal, refuse } from '../files/values.ts'
import { BodyError } from './body-error.ts'
import { createRowCutter } from './json-rows.ts'
import { refuseInheritedNames, refuseTangled, tooMuch } from './json-shape.ts'

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
  return tooMuch('The body is larger than 16 MiB.')
}

/** So much is looked at in one turn, and so long, in milliseconds, a body is read before others have theirs. */
const [PIECE, TURN] = [65_536, 10]

async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  let began = performance.now()
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw tooLarge()
    for (let at = 0; at < chunk.length; at += PIECE) {
      yield chunk.subarray(at, at + PIECE)
      if (performance.now() - began < TURN) continue
      await new Promise(resolve => setImmediate(resolve))
      began = performance.now()
    }
  }
}

async function readJson(chunks: AsyncIterable<Uint8Array>): Promise<SentRow[]> {
  const rows: SentRow[] = []
  const cutter = createRowCutter()
  const decoder = new TextDecoder()
  for await (const chunk of chunks) keep(cutter.take(decoder.decode(chunk, { stream: true })))
  keep(cutter.take(decoder.decode()))
  const last = cutter.end()
  if (last === undefined) throw noJson('is not valid JSON: its array does not end where the body does')
  keep(last)
  return rows

  function keep(texts: readonly string[]): void {
    for (const text of texts) {
      if (rows.length === MOST_ROWS) throw tooManyRows()
      const row = rows.length + 1
      const sent = parsed(text, row)
      if (isRefusal(sent))
        throw noJson(text.trim() === '' && row > 1 ? 'is not valid JSON: a row is missing' : sent.reason)
      rows.push({ row, sent })
    }
  }
}

function noJson(reason: string): BodyError {
  return new BodyError(400, `The body ${reason}.`, 'Send a signal, or an array of signals.')
}

async function readNdjson(chunks: AsyncIterable<Uint8Array>): Promise<SentRow[]> {
  const rows: SentRow[] = []
  for await (const { first, lines } of readLines(chunks)) {
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue
      if (rows.length === MOST_ROWS) throw tooManyRows()
      const row = first + at
      const isLong = line.length > LONGEST_LINE
      rows.push({ row, sent: isLong ? refuse(`is longer than ${LONGEST_LINE} characters`) : parsed(line, row) })
    }
  }
  return rows
}

function tooManyRows(): BodyError {
  return tooMuch('The body has more than 100,000 rows.')
}

function parsed(text: string, row: number): { value: unknown } | Refusal {
  refuseTangled(text, row)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refuse(
      text.trim() === '' ? 'is empty' : `is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  refuseInheritedNames(value, text, row)
  return { value }
}
