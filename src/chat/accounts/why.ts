import { DAY } from '../../domain/time/instant.ts'
import type { Command } from '../command.ts'
import { readerZone } from '../people/reader-zone.ts'
import { audienceOf, withAccount } from './find/with-account.ts'
import { movesCard } from './moves.ts'

/** Why an account is where it is: what moved in 30 days, measure by measure. */
export const why: Command = (context, request, name) =>
  withAccount(context, request, name, 'why', async account => {
    const now = context.clock()
    const moved = { since: now - 30 * DAY, now, timeZone: await readerZone(context, request) }
    return { kind: 'card', card: await movesCard(context, account, moved), audience: audienceOf(request) }
  })
