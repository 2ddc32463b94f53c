import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

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

/**
 * Saves what a form was sent with, and returns its id. The form's first pulse has the form's own id; sent again with
 * other values, it is another pulse. Undefined if it says what this form said last.
 */
export async function addPulse(db: Db, { by, reasons, expiresAt, ...pulse }: Pulse): Promise<string | undefined> {
  const said = { rating: pulse.rating, note: pulse.note, reasons: JSON.stringify(reasons) }
  const before = await db
    .selectFrom('pulses')
    .select(['id', 'rating', 'note', 'reasons'])
    .where(({ eb, or }) => or([eb('id', '=', pulse.id), eb('id', 'like', `${pulse.id}${AGAIN}%`)]))
    .execute()
  const last = before.find(({ id }) => id === idOf(pulse.id, before.length))
  if (last?.rating === said.rating && last.note === said.note && last.reasons === said.reasons) return undefined
  const id = idOf(pulse.id, before.length + 1)
  await db
    .insertInto('pulses')
    .values({ ...pulse, ...said, id, person: by, expires_at: expiresAt ?? null })
    .execute()
  return id
}

/** A person's last rating of an account, and when they first rated it since some time. */
export type GivenPulse = Pick<Pulse, 'id' | 'at' | 'rating' | 'note' | 'reasons' | 'expiresAt'> & {
  readonly firstAt: Instant
}

/** A person's ratings since then, by the account's key. */
export async function pulsesGivenSince(db: Db, person: string, since: Instant): Promise<Map<number, GivenPulse>> {
  const rows = await db
    .selectFrom('pulses')
    .selectAll()
    .where('person', '=', person)
    .where('at', '>=', since)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const given = new Map<number, GivenPulse>()
  for (const { id, account, at, rating, note, reasons, expires_at } of rows) {
    given.set(account, {
      ...{ id, at, rating, note, reasons: JSON.parse(reasons) as string[] },
      ...(expires_at !== null && { expiresAt: expires_at }),
      firstAt: given.get(account)?.firstAt ?? at,
    })
  }
  return given
}

/** Changes a pulse; false if it says the same already. */
export async function correctPulse(db: Db, { id, rating, note, reasons }: Pulse): Promise<boolean> {
  const said = { rating, note, reasons: JSON.stringify(reasons) }
  const { numUpdatedRows } = await db
    .updateTable('pulses')
    .set(said)
    .where('id', '=', id)
    .where(({ eb, or }) => or([eb('rating', '!=', rating), eb('note', '!=', note), eb('reasons', '!=', said.reasons)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Separates a form's id from how often it had been sent. */
const AGAIN = '~'

function idOf(form: string, times: number): string {
  return times <= 1 ? form : `${form}${AGAIN}${times}`
}

export async function lastPulseOrNone(
  db: Db,
  account: number,
  until: Instant,
): Promise<{ rating: number; at: Instant; by: string; expiresAt?: Instant } | undefined> {
  const [row] = await lastPulse(db, account, until)
  if (row === undefined) return undefined
  const { rating, at, person, expires_at } = row
  return { rating, at, by: person, ...(expires_at !== null && { expiresAt: expires_at }) }
}

const lastPulse = compiledOnce((db, account: number, until: Instant) =>
  db
    .selectFrom('pulses')
    .select(['rating', 'at', 'person', 'expires_at'])
    .where('account', '=', account)
    .where('at', '<=', until)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1),
)
