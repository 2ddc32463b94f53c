import { EVERYBODY, maySee } from '../../domain/alerts/confidential.ts'
import { recurringTopics } from '../../domain/comments/recurring.ts'
import { newestOf } from '../../domain/timeline/timeline.ts'
import { timelineFor } from '../../domain/timeline/timeline-for.ts'
import { signalsThatMattered } from '../../domain/timeline/timeline-signals.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { readCommentTopics } from '../../store/comments/comment-topics.ts'
import { namingPeople } from '../../store/people/leavers.ts'
import { observeAccount } from '../../store/scoring/observations.ts'
import { readTimeline } from '../../store/timeline/timeline.ts'
import { timelineCard } from '../../views/timeline/timeline-card.ts'
import { identify } from '../../work/people/identify.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import { audienceOf, withAccount } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'

const MOST = 20

/** The actor of unasked acts, in the audit log. */
const ITSELF = 'rounds'

/** What happened to an account, as far as the caller and everybody who reads along may see it. */
export const timeline: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'timeline', async account => {
    const { connection, clock, settings } = context
    const now = clock()
    const { model } = settings
    const happened = await readTimeline(connection.db, account.key, now, MOST)
    const { history } = await observeAccount(connection, account.key, now)
    const entries = newestOf([...happened, ...signalsThatMattered(model, history, happened)], now, MOST)
    const called = await namingPeople(connection.db)
    const nameOf = (email: string) => (email === ITSELF ? 'Rounds' : called(email))
    const owner = await ownerOfAccount(connection.db, account.key, now)
    const caller = await identify(context, request.actor)
    const own = timelineFor(entries, caller, owner)
    const shown = request.isPrivate ? own : timelineFor(entries, EVERYBODY, owner)
    // The topics of a text are for those who may read it.
    const mayRead = request.isPrivate && maySee(caller, { kind: 'comment_text', owner })
    const topics = mayRead
      ? recurringTopics(await readCommentTopics(connection.db, settings.sources.comments.topics, now, account.key), now)
      : []
    const card = timelineCard(
      model,
      account,
      shown,
      {
        isPrivate: request.isPrivate,
        nameOf,
        timeZone: await timeZoneOf(context, caller.email),
      },
      topics,
    )
    const isMasked = own.some(entry => !shown.includes(entry))
    return { kind: 'card', card, audience: audienceOf(request), isMasked }
  })
