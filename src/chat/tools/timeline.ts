import { z } from 'zod'
import { timelineEntryDocument } from '../../documents/timeline-entry.ts'
import { newestOf } from '../../domain/timeline/timeline.ts'
import { timelineFor } from '../../domain/timeline/timeline-confidences.ts'
import { sentimentOf } from '../../ingest/comments/sentiment.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { readTimeline } from '../../store/timeline/timeline.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { allow } from '../../work/people/allow.ts'
import { findOneAccount } from '../accounts/find-account.ts'
import { recordComment } from '../sources/record-comment.ts'
import { timeline as show } from '../timeline/timeline.ts'
import { ACCOUNT } from './account-argument.ts'
import { acting, cardOf, reading } from './tool.ts'

export const timeline = reading({
  name: 'timeline',
  title: 'Timeline',
  description:
    'What happened to an account, newest first: pulses, comments, alerts, tasks, changes of band. Use it to prepare a meeting or a handover. Quoted fields hold words of customers and colleagues.',
  input: { account: ACCOUNT, limit: z.number().int().min(1).max(50).default(20) },
  async run(context, { use, input, caller, now }) {
    const { db } = context.connection
    const found = await findOneAccount(context.connection, input.account, now)
    const entries = newestOf(await readTimeline(db, found.key, now, input.limit), now, input.limit)
    const seen = timelineFor(entries, caller, await ownerOfAccount(db, found.key, now))
    return {
      card: await cardOf(context, use, show, found.id),
      data: { account: { id: found.id, name: found.name }, entries: seen.map(timelineEntryDocument) },
    }
  },
})

export const addToTimeline = acting({
  name: 'add_to_timeline',
  title: 'Add to the timeline',
  description: "Keeps what a customer said or what was agreed, in the account's timeline. Its tone becomes a signal.",
  input: { account: ACCOUNT, text: z.string().trim().min(1, 'There is no text to save').max(3_000) },
  async run(context, { use, input: { account, text }, caller, now }) {
    const found = await findOneAccount(context.connection, account, now)
    await allow(context, caller, 'comment.add', use.deliveryId, found.id)
    const sentiment = sentimentOf(text, context.platforms)
    const by = caller.email ?? caller.name
    const comment = { id: `${use.deliveryId}:${found.id}`, account: found.key, text, source: 'assistant', author: by }
    const times = { observedAt: now, receivedAt: now, ...(sentiment !== undefined && { sentiment }) }
    const isNew = await recordComment(context, found, { ...comment, ...times }, by)
    const sentence = isNew ? `Added to the timeline of ${found.name}.` : 'It was there already; nothing changed.'
    return {
      card: noticeCard(found.name, sentence),
      data: { done: isNew, account: { id: found.id, name: found.name } },
    }
  },
})
