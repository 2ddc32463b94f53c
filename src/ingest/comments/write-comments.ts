import type { Connection } from '../../store/engine/engine.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { type Comment, type SaveCommentsOptions, saveComments } from '../../store/sources/comments.ts'
import { addSignals, type Counts } from '../../store/sources/signals.ts'
import { signalsOfComment } from './comment-signal.ts'

/** Saves comments, and their sentiments as signals, all or none. */
export function writeComments(
  connection: Connection,
  comments: readonly Comment[],
  options: SaveCommentsOptions = {},
): Promise<Counts> {
  return inTransaction(connection.db, async db => {
    // History that was imported without saying so is fixed by importing it again: what is learned earlier is news too.
    const { counts, news } = await saveComments(db, comments, options)
    await addSignals({ ...connection, db }, news.flatMap(signalsOfComment), { isHistory: options.isHistory ?? false })
    return counts
  })
}
