import { type Fate, fateOf, isCritical, kindOf } from '../../domain/delivery/choices.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import type { MessageKey } from '../../domain/delivery/subject.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { choicesOf } from '../people/choices.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

type AddressedMessage = MessageKey & {
  readonly to: Destination
  readonly at: Instant
  /** The alerts that it names. */
  readonly alerts: readonly string[]
}

/** What happens to a message, by the choices of the person who gets it. */
export async function fateOfMessage(db: Db, message: AddressedMessage): Promise<Fate> {
  const { to, at, alerts } = message
  const kind = kindOf(message)
  if (to.person === undefined || kind === undefined) return { at }
  const choices = await choicesOf(db, to.person)
  const fate = fateOf({ kind, isCritical: false, at }, choices)
  if (typeof fate === 'object' && fate.at === at) return fate
  return fateOf({ kind, isCritical: isCritical(message, await kindsOf(db, alerts)), at }, choices)
}

async function kindsOf(db: Db, alerts: readonly string[]): Promise<string[]> {
  const kinds: string[] = []
  for (const part of slices(alerts)) {
    const rows = await db.selectFrom('alerts').select('kind').distinct().where('id', 'in', part).execute()
    kinds.push(...rows.map(({ kind }) => kind))
  }
  return kinds
}
