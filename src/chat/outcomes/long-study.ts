import type { Context } from '../../context.ts'
import { BotError } from '../../errors.ts'
import { addMessage, changeMessagesAbout } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Card } from '../../views/card.ts'
import { cancelledCard, type Progress, progressCard } from '../../views/outcomes/progress-card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import type { Watch } from '../../work/outcomes/watch.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Actor, Reply, Request } from '../port.ts'

/** Milliseconds before progress is shown. */
const FIRST_SHOWN_AFTER = 2_000

/** Milliseconds between two updates of the same message. */
const STEP = 3_000

/**
 * Answers with a study of all outcomes. One that takes long reports its progress to the caller in a direct
 * message with a button to cancel it; there the answer takes its place.
 */
export async function longStudy(
  context: Context,
  request: Request,
  title: string,
  look: (watch: Watch) => Promise<Card>,
): Promise<Reply> {
  const watched = watchFor(context, request, title)
  try {
    const card = await look(watched.watch)
    const isShown = await watched.end(request.isPrivate ? card : noticeCard(title, 'It is done: see the answer there.'))
    return isShown && request.isPrivate ? { kind: 'nothing' } : { kind: 'card', card, audience: audienceOf(request) }
  } catch (error) {
    if (error instanceof BotError && error.code === 'cancelled') {
      await watched.end(cancelledCard(title, watched.progress()))
      return { kind: 'nothing' }
    }
    await watched.end(noticeCard(title, 'It could not be finished.', 'Ask again.'))
    throw error
  }
}

/** By person and request: nobody can cancel somebody else's study. */
export function studyId({ platform, userId }: Actor, request: string): string {
  return `${platform} ${userId} ${request}`
}

function watchFor(context: Context, { actor, deliveryId }: Request, title: string) {
  const { clock } = context
  const begun = clock()
  let shownAt: number | undefined
  let progress: Progress = { done: 0 }
  let written = Promise.resolve()

  function show(): void {
    if (clock() >= (shownAt === undefined ? begun + FIRST_SHOWN_AFTER : shownAt + STEP)) showNow()
  }

  function showNow(): void {
    shownAt = clock()
    const card = progressCard(title, progress, deliveryId)
    written = written.then(() => write(context, actor, deliveryId, card))
    // The failure surfaces where the end is awaited.
    written.catch(() => {})
  }

  return {
    watch: {
      id: studyId(actor, deliveryId),
      wait: showNow,
      begin(accounts) {
        progress = { done: 0, accounts }
        show()
      },
      advance(accounts) {
        progress = { ...progress, done: progress.done + accounts }
        show()
      },
    } satisfies Watch,
    progress: () => progress,
    /** What the message shows in the end; false where there is none. */
    async end(card: Card): Promise<boolean> {
      if (shownAt === undefined) return false
      await written
      await write(context, actor, deliveryId, card)
      return true
    },
  }
}

/** Writes to the one message about a request, to the caller. */
async function write(context: Context, { platform, userId }: Actor, request: string, card: Card): Promise<void> {
  const { connection, chats, clock, wakeSender } = context
  const [head = card, ...rest] = chats.get(platform)?.split(card) ?? []
  const subject = { of: 'request', id: request } as const
  const message = { subject, purpose: 'progress', to: { platform, channel: userId }, alerts: [], at: clock() } as const
  await inTransaction(connection.db, async db => {
    const first = await addMessage(db, { ...message, card: head })
    if (first === undefined) await changeMessagesAbout(db, subject, () => head)
    for (const [at, piece] of rest.entries()) await addMessage(db, { ...message, number: at + 1, card: piece })
  })
  wakeSender()
}
