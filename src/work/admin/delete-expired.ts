import type { Context } from '../../context.ts'
import { deleteOld } from '../../store/privacy/retention.ts'

/** Deletes what is older than `keep` of routes.yaml allows, a little at each tick. */
export async function deleteExpired({ connection, settings, clock, log }: Context): Promise<void> {
  const deleted = await deleteOld(connection.db, settings.routes.keep, clock())
  if (Object.values(deleted).some(rows => rows > 0)) log.info(deleted, 'old data was deleted')
}
