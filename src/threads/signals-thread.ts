import { BodyError } from '../ingest/http/body-error.ts'
import type { Received } from '../ingest/http/intake.ts'
import type { SentSignals } from '../ingest/http/signals/receive-signals.ts'
import { handingOver } from './hand-over.ts'
import { workerThread } from './worker-thread.ts'

/** Takes signals that are sent, where neither reading them nor waiting for the disk holds up anybody else. */
export type SignalsThread = {
  /** Once it resolves, they are on the disk. Throws what receiving them here would, and `ThreadLost`. */
  receive(signals: SentSignals): Promise<Received>
  stop(): Promise<void>
}

const SCRIPT = new URL('./signals-worker.js', import.meta.url)

export function startSignalsThread(databaseUrl: string): SignalsThread {
  return signalsThread(databaseUrl, SCRIPT)
}

/** The same, run from another file. */
export function signalsThread(databaseUrl: string, script: URL): SignalsThread {
  const thread = workerThread(databaseUrl, script)
  return {
    async receive({ chunks, ...signals }) {
      const body = handingOver(chunks)
      const { result, tell } = thread.begin<Received>(signals, body.taken)
      try {
        const [received] = await Promise.all([result, body.begin(tell)])
        return received
      } catch (error) {
        throw refusalOr(error)
      } finally {
        body.end()
        // What came of a body that broke off is kept before its sender hears of it.
        await result.catch(() => {})
      }
    },
    stop: thread.stop,
  }
}

/** A refusal of the body is one again, on this side of the thread. */
function refusalOr(error: unknown): unknown {
  if (!(error instanceof Error) || !('status' in error) || error instanceof BodyError) return error
  const { status, message, hint } = error as BodyError
  return new BodyError(status, message, hint)
}
