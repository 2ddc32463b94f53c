import { foldEmail } from '../domain/person.ts'
import { forAllToRead, hasConfidences, newestOf } from '../domain/timeline.ts'
import { signalsThatMattered } from '../domain/timeline-signals.ts'
import { observeAccount } from '../store/observations.ts'
import { listPeople } from '../store/people.ts'
import { readTimeline } from '../store/timeline.ts'
import { timelineCard } from '../views/timeline-card.ts'
import type { Command } from './command.ts'
import { audienceOf, withAccount } from './with-account.ts'

const MOST = 20

/** What happened to an account; in a channel without what people wrote in confidence. */
export const timeline: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'timeline', async account => {
    const { connection, clock, settings } = context
    const now = clock()
    const { model } = settings()
    const happened = await readTimeline(connection, account.key, now, MOST)
    const { history } = observeAccount(connection, account.key, now)
    const entries = newestOf([...happened, ...signalsThatMattered(model, history, happened)], now, MOST)
    const names = new Map((await listPeople(connection.db)).map(({ email, name }) => [email, name]))
    const nameOf = (email: string) => names.get(foldEmail(email)) ?? email
    const shown = request.isPrivate ? entries : forAllToRead(entries)
    const card = timelineCard(model, account, shown, { isPrivate: request.isPrivate, nameOf })
    return {
      kind: 'card',
      card,
      audience: audienceOf(request),
      isMasked: !request.isPrivate && hasConfidences(entries),
    }
  })
