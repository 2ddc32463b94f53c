import type { Context } from '../../context.ts'
import { quoted } from '../../domain/quoted.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { choiceCard } from '../../views/parts/answer-cards.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { accountsNamedIn } from './named-in.ts'
import { aboutAccount } from './sentences.ts'

/** What a text asks of the accounts that it names. */
export type AccountAsked =
  /** `words` are those that follow the command: "acme", "acme since 7d", "acme handover". */
  | { readonly kind: 'one'; readonly name: 'show' | 'brief'; readonly words: string; readonly reading: string }
  | { readonly kind: 'several'; readonly accounts: readonly ListedAccount[] }

export async function accountInText(context: Context, text: string): Promise<AccountAsked | undefined> {
  const { accounts, rest, isFirst } = await accountsNamedIn(context, text)
  const [account, ...others] = accounts
  if (account === undefined) return undefined
  if (others.length > 0) return { kind: 'several', accounts: accounts.slice(0, MOST) }
  const { since, isWhy, brief } = aboutAccount(rest)
  if (brief !== undefined) {
    return { kind: 'one', name: 'brief', words: `${account.id} ${brief}`, reading: `brief ${account.name} ${brief}` }
  }
  const span = since ?? (isWhy ? '30d' : undefined)
  // If a name comes with a meaningless word, it is better to say that the word was not understood.
  if (span === undefined && isFirst && !text.includes('?')) return undefined
  const ending = span === undefined ? '' : ` since ${span}`
  return { kind: 'one', name: 'show', words: `${account.id}${ending}`, reading: `${account.name}${ending}` }
}

const MOST = 10

/** Asks which of the accounts that a text names is meant. */
export function whichNamed(text: string, accounts: readonly ListedAccount[]): Command {
  return async (_context, request) => ({
    kind: 'card',
    card: choiceCard(quoted(text), accounts, 'show'),
    audience: audienceOf(request),
  })
}
