import * as z from 'zod'
import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { sentimentOf } from '../../ingest/comments/sentiment.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import type { Connection } from '../../store/engine/engine.ts'
import type { Card } from '../../views/card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { toneText } from '../../views/parts/tone-text.ts'
import { commentForm as view } from '../../views/sources/comment-form.ts'
import { identify } from '../../work/people/identify.ts'
import { findOneAccount } from '../accounts/find/find-account.ts'
import { form, wrong } from '../form.ts'
import type { Reply, Shortcut } from '../port.ts'
import { recordComment } from './record-comment.ts'

export const comment = form({
  id: 'comment',
  act: 'comment.add',
  /** The message, so that an account keeps it only once. */
  state: z.object({
    message: z.string(),
    writer: z.string().optional(),
    writtenAt: z.number(),
    link: z.string().optional(),
  }),
  subject: (_context, { state: { message } }) => ({ subject: message }),
  values: z.object({
    account: z.string('Choose an account.'),
    text: z
      .string('There is no text to save.')
      .trim()
      .min(1, 'There is no text to save.')
      .max(3_000, 'That is too long.'),
  }),
  fields: (_context, text: string) => view(text),
  closed: 'Use the menu of the message again.',
  async submit(context, { actor, caller, state: { message, writer, writtenAt, link }, values, now }) {
    const chosen = await chooseAccount(context.connection, values.account, now)
    if ('refusal' in chosen) return wrong('account', chosen.refusal)
    const { account } = chosen
    const author = writer === undefined ? undefined : await nameOf(context, actor.platform, writer)
    const { text } = values
    const sentiment = sentimentOf(text, context.platforms)
    const isNew = await recordComment(
      context,
      account,
      {
        id: `${message}:${account.id}`,
        account: account.key,
        text,
        source: actor.platform,
        ...(sentiment !== undefined && { sentiment }),
        observedAt: Math.min(writtenAt, now),
        receivedAt: now,
        ...(author !== undefined && { author }),
        ...(link !== undefined && { link }),
      },
      caller.email ?? caller.name,
    )
    return { kind: 'card', card: isNew ? addedCard(account, sentiment) : keptCard(account) }
  },
})

/** From the menu of a message. */
export async function openComment(context: Context, shortcut: Shortcut): Promise<Reply> {
  const { actor, message: place, text, writer, writtenAt, link, canOpenForm } = shortcut
  const message = `${actor.platform}:${place.channel}:${place.id}`
  const caller = await identify(context, actor)
  const state = { message, writer, writtenAt, link }
  return comment.open(context, canOpenForm, { caller, subject: { subject: message }, about: text, state })
}

/** By its id, or by its name if nothing can be looked up while typing. */
async function chooseAccount(connection: Connection, written: string, now: Instant) {
  try {
    return { account: await findOneAccount(connection, written, now) }
  } catch (error) {
    if (!(error instanceof BotError)) throw error
    return { refusal: [error.message, error.hint].filter(Boolean).join(' ') }
  }
}

function toneSentence(sentiment: number | undefined): string {
  if (sentiment === undefined) return 'I only read English, so I did not rate its tone.'
  return `It sounds ${toneText(sentiment)} to me.`
}

function addedCard({ id, name }: ListedAccount, sentiment: number | undefined): Card {
  const card = noticeCard(name, `Added to the timeline of ${name}. ${toneSentence(sentiment)}`)
  return { ...card, buttons: [{ label: 'Show timeline', action: 'timeline', value: id }] }
}

function keptCard({ name }: ListedAccount) {
  return noticeCard(name, `This message is already in the timeline of ${name}; nothing changed.`)
}

async function nameOf(context: Context, platform: string, userId: string): Promise<string> {
  const { email, name } = await identify(context, { platform, userId })
  return email ?? name
}
