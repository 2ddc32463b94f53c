import type { Context } from '../../context.ts'
import { signalsOfComment } from '../../ingest/comments/comment-signal.ts'
import { asKept } from '../../ingest/comments/write-comments.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { addComment, type Comment } from '../../store/comments/comments.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { addSignals } from '../../store/sources/signals.ts'

/**
 * Keeps a comment, its sentiment as a signal, and who added it, in one transaction; false when it was there already.
 * The audit log says nothing of its words: it can never forget them.
 */
export function recordComment(
  { connection, settings }: Pick<Context, 'connection' | 'settings'>,
  account: ListedAccount,
  comment: Comment,
  by: string,
): Promise<boolean> {
  return inTransaction(connection.db, async db => {
    if (!(await addComment(db, asKept(comment, settings.sources.comments)))) return false
    await addSignals({ ...connection, db }, signalsOfComment(comment))
    const isNow = comment.sentiment === undefined ? 'sentiment not rated' : `sentiment ${comment.sentiment}`
    const at = comment.receivedAt
    await recordAudit(db, { at, who: by, act: 'comment.add', subject: comment.id, account: account.id, isNow })
    return true
  })
}
