import { parentPort, workerData } from 'node:worker_threads'
import { meetingsIn } from './meetings-in.ts'
import type { FeedAsked, FeedSaid } from './read-feed.ts'

/** The thread that reads one feed, so that a calendar that repeats every second since 1970 holds up nothing. */
const { text, day, own } = workerData as FeedAsked

function said(): FeedSaid {
  try {
    return { meetings: meetingsIn(text, day, own) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.postMessage(said())
