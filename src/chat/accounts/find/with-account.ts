import type { Context } from '../../../context.ts'
import { foldEmail } from '../../../domain/people/person.ts'
import { quoted, shortText } from '../../../domain/quoted.ts'
import { nearestOf } from '../../../nearest.ts'
import type { ListedAccount } from '../../../store/accounts/account-list.ts'
import { readPage } from '../../../store/portfolio/page.ts'
import { whichAccountCard } from '../../../views/accounts/which-account-card.ts'
import type { AccountAction } from '../../../views/card.ts'
import { choiceCard, noAccountCard } from '../../../views/parts/answer-cards.ts'
import { identify } from '../../../work/people/identify.ts'
import type { Reply, Request } from '../../port.ts'
import { accountsNamedIn } from '../../words/named-in.ts'
import { namingRest, readAs } from '../../words/naming-rest.ts'
import { COMMAND_NAMES } from '../../words/vocabulary.ts'
import { calledInRequest, findAccount } from './find-account.ts'

/** Runs with the one account that a text means; otherwise asks which one, or offers the nearest. `action` is what a choice does. */
export async function withAccount(
  context: Context,
  request: Pick<Request, 'isPrivate' | 'actor'>,
  text: string,
  action: AccountAction,
  run: (account: ListedAccount) => Promise<Reply>,
): Promise<Reply> {
  if (text === '') return whichAccount(context, request, action)
  const called = await calledInRequest(context, text)
  const found = await findAccount(context.connection, text, context.clock(), called)
  switch (found.kind) {
    case 'one':
      return namingRest(await run(found.account), found.rest ?? '')
    case 'several':
      return { kind: 'card', card: choiceCard(quoted(text), found.accounts, action), audience: audienceOf(request) }
    case 'none': {
      const { accounts } = await accountsNamedIn(context, text)
      const [only, ...others] = accounts
      if (only !== undefined && others.length === 0) return readAs(await run(only), `${action} ${only.name}`)
      const [summary, hint] = [understood(text, action), await hintFor(context, request, text)]
      const card = noAccountCard(summary, found.nearest, action, hint)
      return { kind: 'card', card, audience: audienceOf(request) }
    }
  }
}

/** Asks which account, and offers those of the caller. */
async function whichAccount(
  context: Context,
  { actor, isPrivate }: Pick<Request, 'isPrivate' | 'actor'>,
  action: AccountAction,
): Promise<Reply> {
  const own = await ownAccounts(context, actor)
  const command = action === 'show' || action === 'why' ? '/health' : `/health ${action}`
  const card = whichAccountCard(command, own, action, isPrivate)
  return { kind: 'card', card, audience: audienceOf({ isPrivate }) }
}

const MOST_OWN = 5

/** The worst few of the caller's own. */
async function ownAccounts(context: Context, actor: Request['actor']): Promise<readonly ListedAccount[]> {
  const { email } = await identify(context, actor)
  if (email === undefined) return []
  return (await readPage(context.connection.db, context.clock(), { owner: foldEmail(email), most: MOST_OWN })).lines
}

/** Who sees an answer: everybody in a thread or channel, otherwise only the person who asked. */
export function audienceOf({ isPrivate }: Pick<Request, 'isPrivate'>): 'caller' | 'channel' {
  return isPrivate ? 'caller' : 'channel'
}

/** What the bot understood, for somebody who meant something else. */
function understood(text: string, action: AccountAction): string {
  const sentence = `There is no account called ${quoted(text)}.`
  return action === 'show' ? sentence : `I understood /health ${action} and the name of an account. ${sentence}`
}

/** The command that a mistyped word may mean; otherwise examples, about the caller's own accounts. */
async function hintFor(context: Context, { actor }: Pick<Request, 'actor'>, text: string): Promise<string> {
  const [word = ''] = text.split(/\s+/)
  const command = nearestOf(word, COMMAND_NAMES)
  if (command !== undefined) return `Did you mean /health ${command}? /health help lists every command.`
  const [first, second = first] = await ownAccounts(context, actor)
  const examples =
    first === undefined || second === undefined
      ? ['who is at risk', 'renewals this quarter', 'open alerts']
      : [
          `how is ${shortText(first.name)} doing?`,
          `what happened to ${shortText(second.name)} last week`,
          'my renewals',
        ]
  return `For example: ${examples.join(' · ')}. /health help lists every command.`
}
