import type { Context } from '../../context.ts'
import { quoted } from '../../domain/quoted.ts'
import { nearestOf } from '../../nearest.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { readPage } from '../../store/accounts/portfolio-page.ts'
import { whichAccountCard } from '../../views/accounts/which-account-card.ts'
import type { AccountAction } from '../../views/card.ts'
import { choiceCard, noAccountCard } from '../../views/parts/answer-cards.ts'
import { identify } from '../../work/people/identify.ts'
import type { Reply, Request } from '../port.ts'
import { namingRest } from '../words/naming-rest.ts'
import { COMMAND_NAMES } from '../words/vocabulary.ts'
import { findAccount } from './find-account.ts'

/** Runs with the one account that a text means; else asks which one, or names the nearest. `action` goes on with a choice. */
export async function withAccount(
  context: Context,
  request: Pick<Request, 'isPrivate' | 'actor'>,
  text: string,
  action: AccountAction,
  run: (account: ListedAccount) => Promise<Reply>,
): Promise<Reply> {
  if (text === '') return whichAccount(context, request, action)
  const found = await findAccount(context.connection, text, context.clock())
  switch (found.kind) {
    case 'one':
      return namingRest(await run(found.account), found.rest ?? '')
    case 'several':
      return { kind: 'card', card: choiceCard(quoted(text), found.accounts, action), audience: audienceOf(request) }
    case 'none':
      return {
        kind: 'card',
        card: noAccountCard(understood(text, action), found.nearest, action, hintFor(text)),
        audience: audienceOf(request),
      }
  }
}

/** Asks which account, with those of the caller at hand. */
async function whichAccount(
  context: Context,
  { actor, isPrivate }: Pick<Request, 'isPrivate' | 'actor'>,
  action: AccountAction,
): Promise<Reply> {
  const { email } = await identify(context, actor)
  const wanted = { owner: email ?? '', most: MOST_OWN }
  const { lines } = email === undefined ? { lines: [] } : await readPage(context.connection.db, context.clock(), wanted)
  const command = action === 'show' || action === 'why' ? '/health' : `/health ${action}`
  const card = whichAccountCard(command, lines, action, isPrivate)
  return { kind: 'card', card, audience: audienceOf({ isPrivate }) }
}

const MOST_OWN = 5

/** Who sees an answer: in a thread or channel everybody, else the one who asked. */
export function audienceOf({ isPrivate }: Pick<Request, 'isPrivate'>): 'caller' | 'channel' {
  return isPrivate ? 'caller' : 'channel'
}

/** What was heard of a command, for somebody who meant something else. */
function understood(text: string, action: AccountAction): string {
  const sentence = `There is no account called ${quoted(text)}.`
  return action === 'show' ? sentence : `I understood /health ${action} and the name of an account. ${sentence}`
}

/** A word that is nearly a command was perhaps meant as one. */
function hintFor(text: string): string {
  const [word = ''] = text.split(/\s+/)
  const command = nearestOf(word, COMMAND_NAMES)
  const guess = command === undefined ? '' : `Did you mean /health ${command}? `
  return `${guess}/health help lists every command.`
}
