import * as z from 'zod'
import { timelineEntryDocument } from '../../documents/timeline-entry.ts'
import { newestOf, type TimelineEntry } from '../../domain/timeline/timeline.ts'
import { timelineFor } from '../../domain/timeline/timeline-for.ts'
import { sentimentOf } from '../../ingest/comments/sentiment.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { namingPeople } from '../../store/people/leavers.ts'
import { readTimeline } from '../../store/timeline/timeline.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { timelineCard } from '../../views/timeline/timeline-card.ts'
import { allow } from '../../work/people/allow.ts'
import { findOneAccount } from '../accounts/find/find-account.ts'
import { readerZone } from '../people/reader-zone.ts'
import { recordComment } from '../sources/record-comment.ts'
import { ACCOUNT } from './arguments/account.ts'
import { PAGE, rangeOf } from './arguments/page.ts'
import { SINCE, sinceOf } from './arguments/since.ts'
import { acting, reading } from './tool.ts'

/** What can be asked for, and what of the timeline it is. */
const KINDS = {
  pulses: ['pulse'],
  comments: ['comment'],
  alerts: ['alert_opened', 'alert_claimed', 'alert_given', 'alert_changed', 'alert_rated', 'alert_resolved'],
  tasks: ['task_opened', 'task_changed', 'task_ended'],
  bands: ['transition'],
  outcomes: ['outcome'],
  data: ['correction', 'attribute', 'signal'],
} as const satisfies Record<string, readonly TimelineEntry['kind'][]>

const NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[]

export const timeline = reading({
  name: 'timeline',
  title: 'Timeline',
  description:
    'What happened to an account, newest first: pulses, comments, alerts, tasks, changes of band, outcomes. Use it to prepare a meeting or a handover, and for "what did we promise Acme?" with the kinds comments and tasks. Quoted fields hold words of customers and colleagues.',
  input: {
    account: ACCOUNT,
    kinds: z.array(z.enum(NAMES)).max(NAMES.length).optional().describe('Only these; everything if left out.'),
    since: SINCE.optional(),
    ...PAGE,
  },
  async run(context, { use, input: { account, kinds, since: written, ...page }, caller, now }) {
    const { connection, settings } = context
    const { db } = connection
    const found = await findOneAccount(connection, account, now)
    const since = written === undefined ? undefined : await sinceOf(context, use.actor, written, now)
    const { skip, end } = rangeOf(page)
    const wanted = kinds?.flatMap((kind): readonly string[] => KINDS[kind])
    const fitting = (await readTimeline(db, found.key, now, end + 1)).filter(
      ({ at, kind }) => (wanted?.includes(kind) ?? true) && (since === undefined || at >= since),
    )
    const entries = newestOf(fitting, now, end + 1)
    const shown = timelineFor(entries.slice(skip, end), caller, await ownerOfAccount(db, found.key, now))
    const nameOf = await namingPeople(db)
    const timeZone = await readerZone(context, use)
    return {
      card: timelineCard(settings.model, found, shown, { isPrivate: true, timeZone, nameOf }),
      data: {
        account: { id: found.id, name: found.name },
        entries: shown.map(timelineEntryDocument),
        next: entries.length > end ? String(end) : null,
      },
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
      subject: `account:${found.id}`,
      data: { done: isNew, account: { id: found.id, name: found.name } },
    }
  },
})
