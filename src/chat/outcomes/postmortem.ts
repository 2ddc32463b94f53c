import { EVERYBODY } from '../../domain/alerts/confidential.ts'
import { postmortemCard } from '../../views/outcomes/postmortem-card.ts'
import { postmortem as lookedBack } from '../../work/outcomes/postmortem.ts'
import { identify } from '../../work/people/identify.ts'
import { audienceOf, withAccount } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'

/** What was said and done before an account left; in a channel without what is confidential. */
export const postmortem: Command = (context, request, rest) =>
  withAccount(context, request, rest, 'postmortem', async account => {
    const { connection, settings, clock } = context
    const { model, routes } = settings
    const reader = request.isPrivate ? await identify(context, request.actor) : EVERYBODY
    const report = await lookedBack(connection, { model, scoring: routes.scoring, now: clock() }, account, reader)
    return { kind: 'card', card: postmortemCard(model, report), audience: audienceOf(request) }
  })
