import { isoTime } from '../../domain/time/iso-time.ts'
import { BotError } from '../../errors.ts'
import { type Claim, takenSince } from '../../store/claims/claims.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { runAlone } from '../../work/schedule/run-alone.ts'
import type { Shell } from '../shell.ts'

/** So long a command waits for the service, or another command, that is at the same job. */
const TIMEOUT = 60_000

/** Does a job while nobody else is at it. */
export async function alone<T>(
  shell: Pick<Shell, 'newId'>,
  { db }: Connection,
  name: string,
  work: (claim: Claim) => Promise<T>,
): Promise<T> {
  const job = { kind: 'job', name } as const
  const done = await runAlone(db, { ...job, holder: `command:${shell.newId()}` }, TIMEOUT, work)
  if (done !== undefined) return done.result
  const since = await takenSince(db, job)
  throw new BotError(
    'busy',
    `Another process is already doing this (${name})${since === undefined ? '' : `, since ${isoTime(since)}`}.`,
    'If it is the service, wait until it is done, then run this again.',
  )
}
