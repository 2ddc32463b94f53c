import { type AlertDetails, confidentialityOf, isAlertOf } from '../../domain/alerts/alert-details.ts'
import { BotError } from '../../errors.ts'
import { unresolvedAlertDetails } from '../../store/alerts/alert-details.ts'
import { alertsCard } from '../../views/alerts/alerts-card.ts'
import { visibleTo } from '../../work/alerts/visible-to.ts'
import { identify } from '../../work/people/identify.ts'
import { findAccount } from '../accounts/find/find-account.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { namingRest, notUnderstood } from '../words/naming-rest.ts'

const HOW = 'Write /health alerts, /health alerts mine, /health alerts unclaimed, or the name of an account.'

/** The unresolved alerts: all of them, those of an account, the caller's own or about their accounts, or the unclaimed ones. */
export const alerts: Command = async (context, request, rest) => {
  const [word = '', ...others] = rest.trim().split(/\s+/)
  let left = others
  const unresolved = await unresolvedAlertDetails(context.connection.db, context.clock())
  const { seen: all, isMasked } = await visibleTo(context, request, unresolved, confidentialityOf)
  const { title, found, empty } = await chosen()
  const shows = `alerts ${word}`.trim()
  const card = { ...alertsCard(context.settings.model, title, found, empty), shows }
  return namingRest({ kind: 'card', card, audience: audienceOf(request), isMasked }, left.join(' '))

  async function chosen(): Promise<{ title: string; found: readonly AlertDetails[]; empty: string }> {
    switch (word.toLowerCase()) {
      case '':
        return { title: 'Open alerts', found: all, empty: 'There are no open alerts.' }
      case 'unclaimed':
        return { title: 'Unclaimed alerts', found: all.filter(isUnclaimed), empty: 'Every alert is claimed.' }
      case 'mine': {
        const { email } = await identify(context, request.actor)
        const found = email === undefined ? [] : all.filter(alert => isAlertOf(alert, email))
        return { title: 'Your alerts', found, empty: 'You have no alerts.' }
      }
      default: {
        const named = await findAccount(context.connection, rest, context.clock())
        if (named.kind !== 'one' || named.rest !== undefined) throw new BotError('no_alerts', notUnderstood(rest), HOW)
        left = []
        const { id, name } = named.account
        const found = all.filter(({ account }) => account.id === id)
        return { title: `Alerts of ${name}`, found, empty: `${name} has no open alerts.` }
      }
    }
  }
}

function isUnclaimed({ claimedBy, state }: AlertDetails): boolean {
  return claimedBy === undefined && state === 'open'
}
