import { type Comment, saveComments } from '../store/comments.ts'
import { type Connection, inTransaction } from '../store/database.ts'
import { addSignals, type Counts } from '../store/signals.ts'
import { signalOfComment } from './comment-signal.ts'

/** Saves comments, and their sentiments as signals, all or none. */
export function writeComments(connection: Connection, comments: readonly Comment[]): Promise<Counts> {
  return inTransaction(connection.db, async db => {
    const { counts, news } = await saveComments(db, comments)
    addSignals(connection, news.map(signalOfComment))
    return counts
  })
}
