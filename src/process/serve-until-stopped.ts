import { randomUUID } from 'node:crypto'
import { systemClock } from '../clock.ts'
import { type Environment, parseConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { operatorName } from '../operator-name.ts'
import { platforms } from '../platforms.ts'
import { type Service, startService } from '../service.ts'
import { startScoringThread } from '../threads/scoring-thread.ts'
import { startSignalsThread } from '../threads/signals-thread.ts'
import { stopSignal } from './stop-signal.ts'

/**
 * Supervisors kill a process that has not ended ten seconds after they asked. A database that does not answer must not
 * delay the end any longer: it leaves what a crash would leave, and nothing acknowledged is lost.
 */
const LONGEST_END = 9_000

/**
 * Runs the service until it is told to stop, and stops it cleanly. `onceUp` runs meanwhile: what it throws stops
 * the service too, and it is told when the service ends first.
 */
export async function serveUntilStopped(
  env: Environment,
  onceUp: (service: Service, stop: AbortSignal) => Promise<void> = async () => {},
): Promise<void> {
  // Listens from the first moment, so that a service that is told to stop while it starts ends cleanly too.
  const stop = stopSignal(process.env)
  const ended = new Promise<void>(resolve => stop.addEventListener('abort', () => resolve()))
  const log = createLog(parseConfig(env).logLevel)
  const service = await startService({
    env,
    platforms,
    clock: systemClock,
    newId: randomUUID,
    log,
    startScoring: startScoringThread,
    startReceiving: startSignalsThread,
    operator: operatorName(),
  })
  const done = onceUp(service, stop)
  try {
    await Promise.race([ended, done.then(() => ended)])
    await done
  } finally {
    const tooLong = setTimeout(() => {
      log.warn({}, 'Rounds did not end cleanly: something did not end in time')
      process.exit(1)
    }, LONGEST_END)
    await service.stop()
    clearTimeout(tooLong)
  }
  log.info({}, 'Rounds is down')
}
