import { startOfDay } from '../../domain/time/instant.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { retiredCard } from '../../views/outcomes/retired-card.ts'
import { retireAccount } from '../../work/accounts/retire-account.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { outOfDate } from '../form.ts'

/** Takes an account that churned out of the rounds, as of that day; the button's value is its id and the day. */
export const retire: ButtonHandler = async (context, { actor, value }) => {
  const [, id = '', on = ''] = /^(.*) (\S+)$/su.exec(value) ?? []
  const since = startOfDay(on)
  const account = await accountByIdOrNone(context.connection.db, id)
  if (account === undefined || since === undefined) throw outOfDate()
  const caller = await identify(context, actor)
  await allow(context, caller, 'account.retire', `account:${id}`, id)
  const now = context.clock()
  const by = caller.email ?? caller.name
  const { customers } = context.settings.routes
  await retireAccount(context.connection.db, account, {
    since: Math.min(since, now),
    reason: 'it churned',
    customers,
    by,
    now,
  })
  return { kind: 'card', card: retiredCard(account), audience: 'caller' }
}
