import type { Context } from '../../context.ts'
import { type Divergence, wideDivergence } from '../../domain/alerts/divergence.ts'
import { PULSE_METRIC } from '../../domain/pulses/pulse.ts'
import type { Health } from '../../domain/scoring/health.ts'
import type { Verdict } from '../../domain/scoring/settle.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { addPulse, lastPulseOrNone, type Pulse } from '../../store/pulses/pulses.ts'
import { addSignals } from '../../store/sources/signals.ts'
import { checkAccount } from '../accounts/check-account.ts'

export type PulseEffect = {
  readonly before: Health
  readonly after: Health
  /** What people are shown, which a pulse alone does not change. */
  readonly verdict: Verdict
  /** When the pulse and the rest of the score are far apart. */
  readonly divergence?: Divergence
}

/** Keeps a pulse and makes it a signal, in one transaction; says what it did to the score. `pulse.id` is its form's. */
export async function recordPulse(context: Context, account: ListedAccount, pulse: Pulse): Promise<PulseEffect> {
  const { connection, settings } = context
  const { model } = settings
  const before = await checkAccount(connection, model, account, pulse.at)
  await inTransaction(connection.db, async db => {
    const last = await lastPulseOrNone(db, account.key, pulse.at)
    const id = await addPulse(db, pulse)
    if (id === undefined) return
    await recordAudit(db, {
      at: pulse.at,
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
        receivedAt: pulse.at,
        id,
        source: 'pulse',
      },
    ])
  })
  const after = await checkAccount(connection, model, account, pulse.at)
  const divergence = wideDivergence(model, after.observed, after.health.now)
  return {
    before: before.health,
    after: after.health,
    verdict: after.verdict,
    ...(divergence !== undefined && { divergence }),
  }
}
