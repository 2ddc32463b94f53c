import type { Context } from '../../context.ts'
import { isAtLeast } from '../../domain/people/person.ts'
import { hasAccounts } from '../../store/accounts/account-list.ts'
import { type HelpGroup, helpCard } from '../../views/admin/help-card.ts'
import type { Card } from '../../views/card.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import type { Actor } from '../port.ts'
import { type CommandName, type Group, VOCABULARY, type Word } from './vocabulary.ts'

/** What can be asked, depending on the caller's role and on what is set up. */
export const help: Command = async (context, request) => ({
  kind: 'card',
  card: await helpFor(context, request.actor),
  audience: audienceOf(request),
})

export async function helpFor(context: Context, actor: Actor): Promise<Card> {
  const caller = await identify(context, actor)
  const words = (Object.entries(VOCABULARY) as [CommandName, Word][]).filter(
    ([name, { role = 'viewer' }]) => isAtLeast(caller.role, role) && isSetUp(context, name),
  )
  const groups = (Object.keys(HEADINGS) as Group[]).map(
    (group): HelpGroup => ({
      heading: HEADINGS[group],
      commands: words.filter(([, word]) => word.group === group).map(([, word]) => word),
    }),
  )
  return helpCard(groups, await notesFor(context, caller), EXAMPLES)
}

const HEADINGS: Readonly<Record<Group, string>> = {
  day: 'Your day',
  account: 'One account',
  portfolio: 'All accounts',
  help: 'Help',
}

const EXAMPLES = ['how is acme doing?', 'what happened to acme last week', 'who is at risk', 'my renewals']

/** Plays that the model does not have are not asked about. */
function isSetUp({ settings }: Context, name: CommandName): boolean {
  return name !== 'playbooks' || settings.model.playbooks.length > 0
}

async function notesFor({ connection, settings }: Context, { role, isKnown }: Caller): Promise<string[]> {
  const isEmpty = !(await hasAccounts(connection.db))
  return [
    ...(isEmpty ? ['There are no accounts yet. `rounds import accounts FILE` adds them.'] : []),
    ...(isKnown
      ? []
      : ['I do not know you yet, so nothing is yours. An admin can add you with `rounds import people`.']),
    ...(role === 'admin' && settings.digests.length === 0
      ? ['No digest is in the settings. /health digest create NAME makes one.']
      : []),
  ]
}
