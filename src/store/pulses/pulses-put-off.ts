import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** An account that a person does not want to rate until then. */
export type PutOff = { readonly at: Instant; readonly until: Instant; readonly isSkipped: boolean }

export async function putOffPulse(db: Db, person: string, account: number, putOff: PutOff): Promise<void> {
  const row = { at: putOff.at, until: putOff.until, is_skipped: putOff.isSkipped ? 1 : 0 }
  await db
    .insertInto('pulses_put_off')
    .values({ person, account, ...row })
    .onConflict(conflict => conflict.columns(['person', 'account']).doUpdateSet(row))
    .execute()
}

/** By the account's key. */
export async function readPutOff(db: Db, person: string): Promise<Map<number, PutOff>> {
  const rows = await db.selectFrom('pulses_put_off').selectAll().where('person', '=', person).execute()
  return new Map(
    rows.map(({ account, at, until, is_skipped }) => [account, { at, until, isSkipped: is_skipped === 1 }]),
  )
}

/** The accounts whose time has come, by person; a skipped account comes back without a message. */
export async function pulsesBack(db: Db, now: Instant): Promise<Map<string, number[]>> {
  const rows = await db
    .selectFrom('pulses_put_off')
    .select(['person', 'account'])
    .where('until', '<=', now)
    .where('is_skipped', '=', 0)
    .execute()
  return new Map(
    [...groupedBy(rows, ({ person }) => person)].map(([person, of]) => [person, of.map(({ account }) => account)]),
  )
}

export async function forgetPutOff(db: Db, person: string, now: Instant): Promise<void> {
  await db.deleteFrom('pulses_put_off').where('person', '=', person).where('until', '<=', now).execute()
}
