import { createReadStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotError } from '../../errors.ts'
import { returnBuffer, takeBuffer } from './buffer-pool.ts'
import type { Source } from './csv.ts'

/** A file to import, and its size in bytes. Throws a `BotError` when there is none. */
export async function openFile(path: string): Promise<OpenedSource> {
  const found = await stat(path).catch(error => {
    throw unreadable(path, error)
  })
  if (found.isDirectory()) throw new BotError('not_a_file', `${path} is a folder.`, 'Name a CSV file in it.')
  // A pipe can be read once only.
  if (!found.isFile()) return openStream(path, createReadStream(path))
  const again = () => readable(path, readFile(path))
  return { name: path, size: found.size, chunks: again(), again, close: async () => {} }
}

export type OpenedSource = Source & { readonly size: number; close(): Promise<void> }

/** A stream, kept in an unlinked file, so that it can be read twice. */
export async function openStream(name: string, chunks: AsyncIterable<Uint8Array>): Promise<OpenedSource> {
  const folder = await mkdtemp(join(tmpdir(), 'rounds-import-'))
  const file = await open(join(folder, 'stream'), 'wx+', 0o600)
  await rm(folder, { recursive: true })
  let size = 0
  for await (const chunk of readable(name, chunks)) {
    await file.appendFile(chunk)
    size += chunk.length
  }
  const again = () => readFrom(file)
  return { name, size, chunks: again(), again, close: () => file.close() }
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    yield* readFrom(file)
  } finally {
    await file.close()
  }
}

/** By positions, so that two may read at once. */
async function* readFrom(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read({ buffer: takeBuffer(), position })
    if (bytesRead === 0) return returnBuffer(buffer)
    yield buffer.subarray(0, bytesRead)
    position += bytesRead
  }
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
