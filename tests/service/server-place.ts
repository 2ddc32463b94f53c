import { createPostgres } from '../support/test-database.ts'
import { createPlace } from './rounds-process.ts'

/** A place for services on a database of a PostgreSQL server, and a connection of the test's own. */
export async function openServerPlace(files: Record<string, string> = {}, database = createPostgres()) {
  const { url, remove } = await database
  const place = createPlace(files, url)
  const connection = place.open()
  return {
    place,
    connection,
    async close() {
      await connection.close()
      await place.close()
      await remove()
    },
  }
}
