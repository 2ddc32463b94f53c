import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Meeting, MeetingDay } from '../../domain/meetings/meeting.ts'

export type FeedAsked = { readonly text: string; readonly day: MeetingDay; readonly own: string }
export type FeedSaid = { readonly meetings: readonly Meeting[] } | { readonly error: string }

const TIMEOUT = 10_000
const MEMORY_MB = 192

/** Beside this file, or in the build beside what this file became part of. */
const SCRIPT = new URL(`./feed-worker${extname(import.meta.url)}`, import.meta.url)

/** Reads a calendar in a thread of its own, for so long. Throws why it could not, in words that follow "because". */
export function readFeed(asked: FeedAsked, timeout = TIMEOUT): Promise<readonly Meeting[]> {
  const worker = new Worker(SCRIPT, { workerData: asked, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
  return new Promise<readonly Meeting[]>((resolve, reject) => {
    const tooLong = () => reject(new Error('it takes longer than 10 seconds to read'))
    const timer = setTimeout(tooLong, timeout).unref()
    worker.on('message', (said: FeedSaid) => ('error' in said ? reject(new Error(said.error)) : resolve(said.meetings)))
    worker.on('error', () => reject(new Error('it cannot be read')))
    worker.on('exit', () => {
      clearTimeout(timer)
      reject(new Error('it cannot be read'))
    })
  }).finally(() => worker.terminate())
}
