import type { Context } from '../../context.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import type { BriefSent } from '../../views/briefs/brief-sent-card.ts'
import type { Card } from '../../views/card.ts'
import { cardPage } from '../../views/page/page.ts'
import type { Actor } from '../port.ts'

/** Sends a page to one person, as a file and as a document that only they can open; undefined if neither is possible. */
export async function sendBrief(
  { chats, log }: Context,
  { platform, userId }: Actor,
  { id }: { readonly id: string },
  card: Card,
  at: Instant,
): Promise<BriefSent | undefined> {
  const chat = chats.get(platform)
  const bytes = new TextEncoder().encode(cardPage(card))
  const [file, document] = await Promise.allSettled([
    chat?.sendFile?.(userId, { name: `brief-${fileName(id)}-${dayOf(at)}.html`, bytes }),
    chat?.keepDocument?.(userId, card),
  ])
  for (const { reason } of [file, document].filter(one => one.status === 'rejected')) {
    if (!(reason instanceof BotError)) log.warn({ err: reason }, 'a brief was not sent in one of its ways')
  }
  const way = file.status === 'fulfilled' ? file.value : undefined
  const isFile = way !== undefined
  const address = document.status === 'fulfilled' ? document.value : undefined
  if (!isFile && address === undefined) return undefined
  const faults = [file, document].flatMap(one => (one.status === 'rejected' ? [sentenceOf(one.reason)] : []))
  return { isFile, isOffered: way === 'offered', faults, ...(address !== undefined && { address }) }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof BotError)) return 'One copy could not be sent.'
  return error.hint === undefined ? error.message : `${error.message} ${error.hint}`
}

/** An id from outside must not name a folder. */
function fileName(id: string): string {
  return id.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 60) || 'account'
}
