import { type Connection, inTransaction } from '../../store/engine/sqlite/database.ts'
import { type Comment, saveComments } from '../../store/sources/comments.ts'
import { addSignals, type Counts } from '../../store/sources/signals.ts'
import { signalsOfComment } from './comment-signal.ts'

/** Saves comments, and their sentiments as signals, all or none. */
export function writeComments(
  connection: Connection,
  comments: readonly Comment[],
  isHistory = false,
): Promise<Counts> {
  return inTransaction(connection.db, async db => {
    const { counts, news } = await saveComments(db, comments)
    // History that was imported without saying so is fixed by importing it again: known comments count too.
    addSignals(connection, (isHistory ? comments : news).flatMap(signalsOfComment), { isHistory })
    return counts
  })
}
