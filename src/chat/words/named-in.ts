import type { Context } from '../../context.ts'
import { namesIn, wordsOf } from '../../domain/accounts/names-in-text.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountsByCore } from '../../store/accounts/account-names.ts'

/** The accounts that a text names, each once, and its words without their names. */
export type NamedIn = {
  readonly accounts: readonly ListedAccount[]
  readonly rest: string
  /** Whether the text begins with a name. */
  readonly isFirst: boolean
}

/** Names count only as whole words, and as they are written but for capitals, accents and legal forms. */
export async function accountsNamedIn({ connection, clock }: Context, text: string): Promise<NamedIn> {
  const words = wordsOf(text)
  const named = words.length < 2 ? [] : namesIn(words, await accountsByCore(connection, clock()))
  const accounts = [...new Map(named.flatMap(({ items }) => items).map(account => [account.key, account])).values()]
  const isOfName = (at: number) => named.some(({ first, last }) => at >= first && at <= last)
  return { accounts, rest: words.filter((_, at) => !isOfName(at)).join(' '), isFirst: isOfName(0) }
}
