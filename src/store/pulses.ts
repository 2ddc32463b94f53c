import type { Instant } from '../domain/instant.ts'
import type { Db } from './tables.ts'

export type Pulse = {
  readonly id: string
  /** The account's key. */
  readonly account: number
  readonly at: Instant
  /** The e-mail of the one who rated. */
  readonly by: string
  /** 1 to 5. */
  readonly rating: number
  readonly note: string
  readonly reasons: readonly string[]
  /** Until when it stands. */
  readonly expiresAt?: Instant
}

/** False when this pulse was there already. */
export async function addPulse(db: Db, { by, reasons, expiresAt, ...pulse }: Pulse): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('pulses')
    .values({ ...pulse, person: by, reasons: JSON.stringify(reasons), expires_at: expiresAt ?? null })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function lastPulseOrNone(
  db: Db,
  account: number,
  until: Instant,
): Promise<{ rating: number; at: Instant; by: string; expiresAt?: Instant } | undefined> {
  const row = await db
    .selectFrom('pulses')
    .select(['rating', 'at', 'person', 'expires_at'])
    .where('account', '=', account)
    .where('at', '<=', until)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { rating, at, person, expires_at } = row
  return { rating, at, by: person, ...(expires_at !== null && { expiresAt: expires_at }) }
}
