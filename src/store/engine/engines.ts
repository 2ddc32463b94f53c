import type { Connection } from './engine.ts'
import { damaged } from './sqlite/failures.ts'

// The one place that knows which engines there are: one, for now.
export { type CopyReport, copyDatabase } from './sqlite/backup.ts'
export { openDatabase, PATIENCE } from './sqlite/database.ts'
export { damaged, isBusy, isDamage, isFull } from './sqlite/failures.ts'
export { fileOf } from './sqlite/file-of.ts'
export { openPlaceStore, type Place, type PlaceGroup, type PlaceStore } from './sqlite/place-store.ts'
export { takeServiceLock } from './sqlite/service-lock.ts'

/** Throws a sentence when the database is damaged. */
export async function refuseDamage({ engine }: Pick<Connection, 'engine'>): Promise<void> {
  if (!(await engine.isSound())) throw damaged(engine.name)
}
