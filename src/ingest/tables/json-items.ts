import { BotError } from '../../errors.ts'
import type { Reject } from '../files/records.ts'

/** A value and its number, or why it cannot be read. */
export type JsonItem = { readonly line: number; readonly value: unknown } | Reject

/** Records of a JSON document: the elements of its array, or of the lists that its object holds, as `{"data": [...]}`. */
export async function* jsonItems(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonItem[]> {
  const { JSONParser } = await import('@streamparser/json')
  let found: JsonItem[] = []
  let failed: Error | undefined
  let count = 0
  let since = 0
  const parser = new JSONParser({ paths: ['$.*', '$.*.*'], keepStack: false })
  const keep = (value: unknown) => {
    count += 1
    since = 0
    found.push({ line: count, value })
  }
  parser.onValue = ({ value, key, parent, stack }) => {
    const isItem = Array.isArray(parent) || typeof key === 'number'
    const depth = stack.length
    if (isItem && depth <= 2 && typeof value === 'object' && value !== null && !Array.isArray(value)) keep(value)
  }
  parser.onError = error => {
    failed = error
  }
  for await (const chunk of bytes) {
    since += chunk.length
    if (since > LONGEST_ITEM) {
      throw new BotError(
        'too_large',
        `${name} has a record of more than 16 MB after record ${count}.`,
        'Export it again.',
      )
    }
    for (let at = 0; at < chunk.length && failed === undefined; at += PIECE)
      parser.write(chunk.subarray(at, at + PIECE))
    yield found
    found = []
    if (failed !== undefined) break
  }
  if (failed === undefined && !parser.isEnded) failed = new Error('it breaks off')
  if (failed !== undefined) {
    const reason = failed.message.split('\n')[0]?.slice(0, 120) ?? ''
    throw new BotError('not_json', `${name} is not valid JSON after record ${count}: ${reason}.`, 'Export it again.')
  }
}

const PIECE = 16_384

/** Bytes between the ends of two records. */
const LONGEST_ITEM = 16 * 1024 * 1024
