import { type ColumnBuilderCallback, type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely'

/** What the two databases call the same things: a migration asks here instead of naming a type that only one has. */
export type Types = {
  /** Epoch milliseconds, or a count without an end: more than 32 bits. */
  readonly instant: 'integer' | 'bigint'
  /** A number with a fraction, in 64 bits. */
  readonly number: 'real' | 'double precision'
  readonly bytes: 'blob' | 'bytea'
  /** A primary key that the database counts up by itself. */
  readonly generated: ColumnBuilderCallback
  /** The same, and no number comes twice, even after its row was deleted. */
  readonly everGrowing: ColumnBuilderCallback
  /** Rows live in the key itself, in its order: what is read together lies together. */
  readonly clustered: RawBuilder<unknown>
}

export function typesOf(db: Kysely<any>): Types {
  return isPostgres(db) ? POSTGRES : SQLITE
}

export function isPostgres(db: Kysely<any>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}

const SQLITE: Types = {
  instant: 'integer',
  number: 'real',
  bytes: 'blob',
  generated: column => column.primaryKey(),
  everGrowing: column => column.primaryKey().autoIncrement(),
  clustered: sql`without rowid, strict`,
}

const POSTGRES: Types = {
  instant: 'bigint',
  number: 'double precision',
  bytes: 'bytea',
  generated: column => column.generatedByDefaultAsIdentity().primaryKey(),
  everGrowing: column => column.generatedByDefaultAsIdentity().primaryKey(),
  clustered: sql``,
}
