import type { Model } from '../../domain/model/model.ts'
import { assess } from '../../domain/scoring/score.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { dayOf } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { announcedStatusOf } from '../../store/digests/announced.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { firstSignalOrNone } from '../../store/scoring/first-signals.ts'
import { observeAccount, readSignals } from '../../store/scoring/observations.ts'
import type { Journey } from '../../views/accounts/travel-card.ts'
import { timeText } from '../../views/scoring/evidence.ts'

/** An account as of an instant: by what is known today, and by what was known then. */
export async function travelTo(
  connection: Connection,
  model: Model,
  { key, id, name }: ListedAccount,
  at: Instant,
  timeZone: string,
): Promise<Journey> {
  const signals = await readSignals(connection, key, at)
  if (signals.length === 0) throw await nothingBefore(connection, key, name, timeText(at, timeZone))
  const late = signals.filter(({ receivedAt }) => receivedAt > at).sort((a, b) => b.observedAt - a.observedAt)
  const announced = await announcedStatusOf(connection.db, key, at)
  return {
    account: { id, name },
    at,
    timeZone,
    ...(announced !== undefined && { announced: announced.verdict }),
    knownToday: assess(model, await observeAccount(connection, key, at), at),
    knownThen: assess(model, await observeAccount(connection, key, at, { knownAt: at }), at),
    late,
  }
}

async function nothingBefore(connection: Connection, key: number, name: string, until: string): Promise<BotError> {
  const first = await firstSignalOrNone(connection.db, key)
  const sentence = `Nothing was observed about ${name} up to ${until}.`
  const hint = first === undefined ? undefined : `Its first signal is of ${dayOf(first)}.`
  return new BotError('before_first', sentence, hint)
}
