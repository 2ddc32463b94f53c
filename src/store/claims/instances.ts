import { type RawBuilder, sql } from 'kysely'
import type { LostInstance } from '../../domain/admin/checkup.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { databaseNow } from '../engine/database-now.ts'
import type { Db } from '../tables.ts'
import { isFree, LEASE, takeClaim } from './claims.ts'
import { startRenewing } from './renewing.ts'

/** The prefix of holders that are services. */
export const SERVICE = 'service:'

/** Registers an instance for as long as it is up, by a claim on its own name. */
export async function registerInstance(db: Db, instance: string): Promise<{ end(): Promise<void> }> {
  const bid = { kind: 'instance', name: instance, holder: instance } as const
  const claim = await takeClaim(db, bid)
  // An instance that slept for days may have been forgotten.
  const renewal = claim && startRenewing(db, claim, () => takeClaim(db, bid))
  return {
    async end() {
      renewal?.end()
      if (claim !== undefined) await forget(db, instance)
    },
  }
}

/** The name is never used again. */
async function forget(db: Db, name: string): Promise<void> {
  await db.deleteFrom('claims').where('kind', '=', 'instance').where('name', '=', name).execute()
}

/** How long a lost instance is remembered: `doctor` names those of the last day. */
const REMEMBERED = 2 * DAY

/** Forgets instances that were lost long ago, and releases their claims. */
export async function forgetInstances(db: Db): Promise<void> {
  const before = sql<Instant>`${databaseNow(db)} - ${REMEMBERED}`
  await db.deleteFrom('claims').where('kind', '=', 'instance').where('until', '<', before).execute()
  const held = db.updateTable('claims').set({ holder: null, until: 0 }).where('holder', 'is not', null)
  await held.where('until', '<', before).execute()
}

/** How many instances are up; an instance on a file does not register. */
export async function countInstances(db: Db): Promise<number> {
  const up = db
    .selectFrom('claims')
    .where('kind', '=', 'instance')
    .where(({ not }) => not(isFree(db)))
  const { count } = await up.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(count)
}

/** True where a column names an instance that is gone: neither this one nor one that is up. */
export function isGone(db: Db, column: string, instance: string): RawBuilder<boolean> {
  const named = sql`coalesce(${sql.ref(column)}, '')`
  return sql<boolean>`(${named} <> ${instance} and not exists (
    select 1 from claims where claims.kind = 'instance' and claims.name = ${named} and not ${isFree(db)}))`
}

/** The instances that were lost since an instant. */
export async function lostInstances(db: Db, since: Instant): Promise<LostInstance[]> {
  const held = db.selectFrom('claims').select(['kind', 'name', 'holder', 'until']).where('holder', 'is not', null)
  const rows = await held.where(isFree(db)).orderBy('kind').orderBy('name').execute()
  const lost = rows.filter(({ kind, until }) => kind === 'instance' && until - LEASE > since)
  return lost.map(({ name, until }) => ({
    name: name.slice(SERVICE.length),
    heardAt: until - LEASE,
    holds: rows
      .filter(({ kind, holder }) => kind !== 'instance' && holder === name)
      .map(({ kind, name }) => `${kind} ${name}`),
  }))
}

/** Voids the claims of earlier services, when the only service on a database starts. */
export async function voidServiceClaims(db: Db): Promise<void> {
  await db.updateTable('claims').set({ holder: null, until: 0 }).where('holder', 'like', `${SERVICE}%`).execute()
}
