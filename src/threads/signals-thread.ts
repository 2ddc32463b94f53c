import { BodyError } from '../ingest/http/body-error.ts'
import type { Received } from '../ingest/http/intake.ts'
import type { SentBody } from '../ingest/http/receive-body.ts'
import type { SentSignals } from '../ingest/http/signals/receive-signals.ts'
import type { ReceivedEvents, SentEvents } from '../ingest/segment/sent-events.ts'
import { bodySender } from './body-transfer.ts'
import type { SignalsWork } from './signals-work.ts'
import { workerThread } from './worker-thread.ts'

/**
 * Receives signals, and events that turn into signals, in a thread: neither reading them nor waiting for the disk holds
 * up anybody else. Once a promise resolves, they are on disk. Throws what receiving them here would throw, and
 * `ThreadLost`.
 */
export type SignalsThread = {
  receive(signals: SentSignals): Promise<Received>
  receiveEvents(events: SentEvents): Promise<ReceivedEvents>
  stop(): Promise<void>
}

const SCRIPT = new URL('./signals-worker.js', import.meta.url)

export function startSignalsThread(databaseUrl: string): SignalsThread {
  return signalsThread(databaseUrl, SCRIPT)
}

/** The same, run from another file. */
export function signalsThread(databaseUrl: string, script: URL): SignalsThread {
  const thread = workerThread(databaseUrl, script)

  async function give<T>(work: SignalsWork, chunks: SentBody['chunks']): Promise<T> {
    const body = bodySender(chunks)
    const { result, send } = thread.begin<T>(work, body.taken)
    try {
      const [received] = await Promise.all([result, body.begin(send)])
      return received
    } catch (error) {
      throw refusalOr(error)
    } finally {
      body.end()
      // What arrived of a body that broke off is saved before its sender gets the answer.
      await result.catch(() => {})
    }
  }

  return {
    receive: ({ chunks, ...sent }) => give({ task: 'signals', sent }, chunks),
    receiveEvents: ({ chunks, ...sent }) => give({ task: 'events', sent }, chunks),
    stop: thread.stop,
  }
}

/** Turns an error that was a `BodyError` in the thread into one again. */
function refusalOr(error: unknown): unknown {
  if (!(error instanceof Error) || !('status' in error) || error instanceof BodyError) return error
  const { status, message, hint } = error as BodyError
  return new BodyError(status, message, hint)
}
