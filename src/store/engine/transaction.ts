import type { Db } from '../tables.ts'

/** Runs `work` in one transaction, all or nothing. Touch nothing but the `db` it is given: the outer one waits for it. */
export function inTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}

/** Runs `work` on the database as it is at one moment, while others write. */
export function inSnapshot<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  return db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(work)
}
