import { sql } from 'kysely'

/** Rows live in the key itself, in its order: what is read together lies together. */
export const CLUSTERED = sql`without rowid, strict`
