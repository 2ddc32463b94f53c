import { type Topic, topicsOf } from '../../domain/comments/topic.ts'
import { type Comment, type SaveCommentsOptions, saveComments } from '../../store/comments/comments.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { addSignals, type Counts } from '../../store/sources/signals.ts'
import { signalsOfComment } from './comment-signal.ts'

/** How comments are kept: with their texts, or with what those were about only. */
export type CommentRules = { readonly storeText: boolean; readonly topics: readonly Topic[] }

export type WriteCommentsOptions = SaveCommentsOptions & { readonly rules?: CommentRules | undefined }

/** Saves comments, and their sentiments as signals, all or none. */
export function writeComments(
  connection: Connection,
  sent: readonly Comment[],
  { rules, ...options }: WriteCommentsOptions = {},
): Promise<Counts> {
  const comments = sent.map(comment => asKept(comment, rules))
  return inTransaction(connection.db, async db => {
    // History that was imported without saying so is fixed by importing it again: what is learned earlier is news too.
    const { counts, news } = await saveComments(db, comments, options)
    await addSignals({ ...connection, db }, news.flatMap(signalsOfComment), { isHistory: options.isHistory ?? false })
    return counts
  })
}

/** A comment without its text, where those are not kept. */
export function asKept(comment: Comment, rules: CommentRules | undefined): Comment {
  if (rules === undefined || rules.storeText || comment.topics !== undefined) return comment
  return { ...comment, text: '', topics: topicsOf(comment.text, rules.topics) }
}
