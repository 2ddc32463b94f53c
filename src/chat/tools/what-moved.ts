import type { Context } from '../../context.ts'
import { movesDocument } from '../../documents/moves.ts'
import { transitionDocument } from '../../documents/transition.ts'
import { assess } from '../../domain/scoring/score.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import { accountKeysOwnedBy } from '../../store/accounts/owned-accounts.ts'
import { newestTransitions } from '../../store/scoring/transitions.ts'
import { movedCard } from '../../views/portfolio/moved-card.ts'
import { checkAccount } from '../../work/accounts/check-account.ts'
import { account as show } from '../accounts/account.ts'
import { findOneAccount } from '../accounts/find/find-account.ts'
import { ownerMeant } from '../portfolio/owner-meant.ts'
import { ACCOUNT } from './arguments/account.ts'
import { OWNER } from './arguments/owner.ts'
import { PAGE, paged } from './arguments/page.ts'
import { SINCE, sinceOf } from './arguments/since.ts'
import { cardOf, reading } from './tool.ts'
import type { ToolUse } from './tool-port.ts'

export const whatMoved = reading({
  name: 'what_moved',
  title: 'What moved',
  description:
    'With an account: what changed in its score since a day, component by component; the moves add up to the difference. Without one: which accounts changed their band or became ready for expansion, newest first. Use it for "what happened to Acme since August?" and "what moved since Monday?".',
  input: { account: ACCOUNT.optional(), owner: OWNER.optional(), since: SINCE.default('30d'), ...PAGE },
  async run(context, { use, input: { account, owner, since: written, ...page }, now }) {
    const since = await sinceOf(context, use.actor, written, now)
    if (account !== undefined) return movesOfAccount(context, use, account, since, now)
    const { db } = context.connection
    const whose = owner === undefined ? undefined : (await ownerMeant(context, use.actor, owner)).email
    const among = whose === undefined ? undefined : new Set(await accountKeysOwnedBy(db, whose, now))
    const all = await newestTransitions(db, since)
    const { shown, total, next } = paged(among === undefined ? all : all.filter(({ key }) => among.has(key)), page)
    return {
      card: movedCard(context.settings.model, shown, since),
      data: {
        since: isoTime(since),
        as_of: isoTime(now),
        changes: shown.map(change => ({ ...transitionDocument(change), account_name: change.name })),
        total,
        next,
      },
    }
  },
})

async function movesOfAccount(context: Context, use: ToolUse, name: string, since: Instant, now: Instant) {
  const { connection, settings } = context
  const found = await findOneAccount(connection, name, now)
  const { observed, health } = await checkAccount(connection, settings.model, found, now)
  const before = assess(settings.model, observed, since)
  return {
    card: await cardOf(context, use, show, `${found.id} since ${isoTime(since)}`),
    data: { account: { id: found.id, name: found.name }, ...movesDocument(before, health.now) },
  }
}
