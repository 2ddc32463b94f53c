import { createYielder } from '../../async/yielder.ts'
import { BodyError } from './body-error.ts'
import { createRowCutter } from './json-rows.ts'
import { tooMuch } from './json-shape.ts'
import { ndjsonRows, type PlainRows } from './ndjson.ts'
import { BATCH, type SentRow, valueIn } from './sent-row.ts'

/** How a body is read: the member that holds the rows where it is an object, and what one of them is called. */
export type BodyForm = { readonly contentType: string; readonly list: string; readonly noun: string }

export const MOST_BYTES = 16 * 1024 * 1024
const MOST_ROWS = 100_000

/**
 * The rows of a body, in batches. JSON is read whole first: nothing of a document that is too large or breaks off is
 * taken. NDJSON may be of any length: its lines are taken as they come, each for itself; those that are plain go to
 * `plain`, where there is one.
 */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array>,
  form: BodyForm,
  plain?: PlainRows,
): AsyncGenerator<SentRow[]> {
  const type = contentTypeIn(form.contentType)
  if (NDJSON.includes(type)) yield* ndjsonRows(inPieces(chunks), plain)
  else if (type === 'application/json') yield* await jsonRows(limited(inPieces(chunks)), form)
  else {
    throw new BodyError(
      415,
      type === '' ? 'The body has no content type.' : `Rounds does not read ${type}.`,
      `Send application/json, or application/x-ndjson with one ${form.noun} a line.`,
    )
  }
}

/** What programs call it; the first is the usual name. */
const NDJSON = ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/x-jsonlines']

/** Without its parameters. */
export function contentTypeIn(header: string): string {
  return header.split(';')[0]?.trim().toLowerCase() ?? ''
}

export function tooLarge(): BodyError {
  return tooMuch('The body is larger than 16 MiB.')
}

/** How much to process before yielding to others. */
const PIECE = 65_536

async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const yieldIfDue = createYielder()
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      yield chunk.subarray(at, at + PIECE)
      await yieldIfDue()
    }
  }
}

async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw tooLarge()
    yield chunk
  }
}

async function jsonRows(chunks: AsyncIterable<Uint8Array>, { list, noun }: BodyForm): Promise<SentRow[][]> {
  const batches: SentRow[][] = []
  let index = 0
  const cutter = createRowCutter(list)
  const decoder = new TextDecoder()
  for await (const chunk of chunks) keep(cutter.take(decoder.decode(chunk, { stream: true })))
  keep(cutter.take(decoder.decode()))
  const last = cutter.end()
  if (last === undefined) throw notJson('is not valid JSON: its array does not end where the body does')
  keep(last)
  return batches

  function keep(texts: readonly string[]): void {
    for (const text of texts) {
      if (index === MOST_ROWS) throw tooMuch('The body has more than 100,000 rows.')
      if (index % BATCH === 0) batches.push([])
      const sent = valueIn(text)
      if ('isBroken' in sent)
        throw notJson(text.trim() === '' && index > 0 ? 'is not valid JSON: a row is missing' : sent.reason)
      batches.at(-1)?.push({ index, row: index + 1, sent })
      index += 1
    }
  }

  function notJson(reason: string): BodyError {
    return new BodyError(400, `The body ${reason}.`, `Send a ${noun}, or an array of them, as JSON.`)
  }
}
