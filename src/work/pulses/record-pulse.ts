import type { Context } from '../../context.ts'
import { type Divergence, wideDivergence } from '../../domain/alerts/divergence.ts'
import { PULSE_METRIC } from '../../domain/pulses/pulse.ts'
import type { Health } from '../../domain/scoring/health.ts'
import type { Verdict } from '../../domain/scoring/settle.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { addPulse, correctPulse, lastPulseOrNone, type Pulse } from '../../store/pulses/pulses.ts'
import { addSignals } from '../../store/sources/signals.ts'
import type { Db } from '../../store/tables.ts'
import { checkAccount } from '../accounts/check-account.ts'

export type PulseEffect = {
  readonly before: Health
  readonly after: Health
  /** What people are shown, which a pulse alone does not change. */
  readonly verdict: Verdict
  /** When the pulse and the rest of the score are far apart. */
  readonly divergence?: Divergence
}

/**
 * Keeps a pulse and makes it a signal, in one transaction; says what it did to the score. `pulse.id` is its form's. With
 * `correctedAt` it is a pulse of then that says something else from now on.
 */
export async function recordPulse(
  context: Context,
  account: ListedAccount,
  pulse: Pulse,
  correctedAt?: Instant,
): Promise<PulseEffect> {
  const { connection, settings } = context
  const { model } = settings
  const now = correctedAt ?? pulse.at
  const before = await checkAccount(connection, model, account, now)
  await inTransaction(connection.db, async db => {
    const last = await lastPulseOrNone(db, account.key, now)
    const id = correctedAt === undefined ? await addPulse(db, pulse) : await correctedId(db, pulse)
    if (id === undefined) return
    await recordAudit(db, {
      at: now,
      who: pulse.by,
      act: 'pulse.submit',
      subject: id,
      account: account.id,
      ...(last !== undefined && { was: `${last.rating} of 5` }),
      isNow: `${pulse.rating} of 5`,
    })
    await addSignals({ ...connection, db }, [
      {
        account: account.key,
        metric: PULSE_METRIC,
        value: pulse.rating,
        observedAt: pulse.at,
        receivedAt: now,
        id,
        source: 'pulse',
      },
    ])
  })
  const after = await checkAccount(connection, model, account, now)
  const divergence = wideDivergence(model, after.observed, after.health.now)
  return {
    before: before.health,
    after: after.health,
    verdict: after.verdict,
    ...(divergence !== undefined && { divergence }),
  }
}

async function correctedId(db: Db, pulse: Pulse): Promise<string | undefined> {
  return (await correctPulse(db, pulse)) ? pulse.id : undefined
}
