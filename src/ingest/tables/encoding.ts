import { isUtf8 } from 'node:buffer'
import { headOf } from './sniff.ts'

/** A longer file is judged by its beginning. */
const LOOKED_AT = 64 * 1024 * 1024

/** Bytes around the first that is not UTF-8, by which the encoding is guessed. */
const SAMPLE = 65_536

/** How the text of a file is written, by a name that `TextDecoder` knows. */
export async function encodingOf(again: () => AsyncIterable<Uint8Array>): Promise<string> {
  const head = await headOf(again(), 4_096)
  const byMark = byteOrder(head)
  if (byMark !== undefined) return byMark
  const sample = await firstForeign(again())
  if (sample === undefined || isMostlyUtf8(sample)) return 'utf-8'
  return guess(sample)
}

/** By its mark; without one UTF-16 shows in every other byte being 0. */
function byteOrder(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = (from: number) => {
    let count = 0
    for (let at = from; at < head.length; at += 2) if (head[at] === 0) count += 1
    return count / Math.max(1, head.length / 2)
  }
  if (head.length < 8) return undefined
  if (zeros(1) > 0.6 && zeros(0) < 0.1) return 'utf-16le'
  return zeros(0) > 0.6 && zeros(1) < 0.1 ? 'utf-16be' : undefined
}

/** The bytes from shortly before the first that is not UTF-8; undefined where all are. */
async function firstForeign(chunks: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  let [rest, seen]: [Buffer, number] = [Buffer.alloc(0), 0]
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.subarray(0, endOfCharacters(bytes))
    if (!isUtf8(whole)) return bytes.subarray(0, SAMPLE * 8)
    rest = bytes.subarray(whole.length)
    seen += chunk.length
    if (seen > LOOKED_AT) return undefined
  }
  return isUtf8(rest) ? undefined : rest
}

/** Where the last whole character ends, if the bytes break off within one. */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return bytes.length - back
    if (byte < 0x80) return bytes.length
  }
  return bytes.length
}

/** A row that went wrong among many is that row's trouble, not the file's. */
function isMostlyUtf8(sample: Buffer): boolean {
  const text = new TextDecoder().decode(sample)
  const foreign = text.split('\uFFFD').length - 1
  const letters = text.match(/[^\0-\x7F\uFFFD]/gu)?.length ?? 0
  return letters > foreign
}

/** Below this the guess is a guess, and most of the world's exports are in windows-1252. */
const SURE = 60

async function guess(sample: Buffer): Promise<string> {
  const { default: chardet } = await import('chardet')
  const lines = foreignLines(sample)
  const best = chardet.analyse(lines)[0]
  if (best === undefined || best.confidence < SURE) return 'windows-1252'
  try {
    return new TextDecoder(best.name).encoding
  } catch {
    return 'windows-1252'
  }
}

/** Only lines with foreign bytes say anything. */
function foreignLines(sample: Buffer): Buffer {
  const text = sample.toString('latin1')
  const lines = text.split('\n').filter(line => /[\x80-\xFF]/.test(line))
  return Buffer.from(lines.join('\n').slice(0, SAMPLE), 'latin1')
}

/** The same text in UTF-8. */
export async function* inUtf8(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}
