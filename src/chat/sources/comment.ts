import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { sentimentOf } from '../../ingest/comments/sentiment.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { toneText } from '../../views/parts/tone-text.ts'
import { commentForm } from '../../views/sources/comment-form.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { findOneAccount } from '../accounts/find-account.ts'
import type { FormHandler } from '../form-handler.ts'
import type { Reply, Shortcut, Submission, SubmissionReply } from '../port.ts'
import { recordComment } from './record-comment.ts'

/** Travels with the form: which message it is, so that the same one is kept once with an account. */
const stateSchema = z.object({
  message: z.string(),
  writer: z.string().optional(),
  writtenAt: z.number(),
  link: z.string().optional(),
})

const valuesSchema = z.object({
  account: z.string('Choose an account.'),
  text: z
    .string('There is no text to save.')
    .trim()
    .min(1, 'There is no text to save.')
    .max(3_000, 'That is too long.'),
})

export async function openComment(context: Context, shortcut: Shortcut): Promise<Reply> {
  const { actor, message, writer, writtenAt, link } = shortcut
  const id = `${actor.platform}:${message.channel}:${message.id}`
  await allow(context, await identify(context, actor), 'comment.add', id)
  const state = JSON.stringify({ message: id, writer, writtenAt, link })
  return { kind: 'form', form: commentForm(shortcut.text, state) }
}

export const comment: FormHandler = {
  id: 'comment',
  async submit(context, submission): Promise<SubmissionReply> {
    const { connection, clock } = context
    const caller = await identify(context, submission.actor)
    const { message, writer, writtenAt, link } = stateOf(submission)
    await allow(context, caller, 'comment.add', message)
    const values = valuesSchema.safeParse(submission.values)
    if (!values.success) {
      return {
        kind: 'errors',
        errors: Object.fromEntries(values.error.issues.map(({ path, message }) => [String(path[0]), message])),
      }
    }
    const chosen = await chooseAccount(connection, values.data.account, clock())
    if ('refusal' in chosen) return { kind: 'errors', errors: { account: chosen.refusal } }
    const { account } = chosen
    const author = writer === undefined ? undefined : await nameOf(context, submission.actor.platform, writer)
    const { text } = values.data
    const sentiment = sentimentOf(text)
    const isNew = await recordComment(
      context,
      account,
      {
        id: `${message}:${account.id}`,
        account: account.key,
        text,
        source: submission.actor.platform,
        ...(sentiment !== undefined && { sentiment }),
        observedAt: Math.min(writtenAt, clock()),
        receivedAt: clock(),
        ...(author !== undefined && { author }),
        ...(link !== undefined && { link }),
      },
      caller.email ?? caller.name,
    )
    return { kind: 'card', card: isNew ? addedCard(account, sentiment) : keptCard(account) }
  },
}

/** By its id; where nothing can be looked up while typing, by its name. */
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

function addedCard({ id, name }: ListedAccount, sentiment: number | undefined) {
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

function stateOf({ state }: Submission) {
  try {
    return stateSchema.parse(JSON.parse(state))
  } catch {
    throw new BotError('form_expired', 'This form no longer matches a message.', 'Open it again from the message.')
  }
}
