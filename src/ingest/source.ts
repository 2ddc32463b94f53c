import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { BotError } from '../errors.ts'
import type { Source } from './csv.ts'

/** Bytes read at a time: more is no faster. */
const CHUNK = 256 * 1024

/** A file to import, and its size in bytes. Throws a sentence when there is none. */
export async function openFile(path: string): Promise<Source & { readonly size: number }> {
  const found = await stat(path).catch(error => {
    throw unreadable(path, error)
  })
  if (found.isDirectory()) throw new BotError('not_a_file', `${path} is a folder.`, 'Name a CSV file in it.')
  return { name: path, size: found.size, chunks: readable(path, createReadStream(path, { highWaterMark: CHUNK })) }
}

/** The same bytes; `watch` is told how many of them were taken. */
export async function* watched(chunks: AsyncIterable<Uint8Array>, watch: (bytes: number) => void) {
  for await (const chunk of chunks) {
    yield chunk
    watch(chunk.length)
  }
}

async function* readable(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): BotError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return new BotError('no_file', `There is no file ${path}.`, 'Check the path; - reads stdin.')
  if (code === 'EACCES') return new BotError('no_file', `${path} may not be read.`, 'Check its permissions.')
  return new BotError('no_file', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
}
