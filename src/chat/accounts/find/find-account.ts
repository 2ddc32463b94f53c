import { type Context, requestOf } from '../../../context.ts'
import { compact, foldSpelling } from '../../../domain/accounts/name-fold.ts'
import type { MatchKind, NameMatch } from '../../../domain/accounts/name-index.ts'
import { quoted } from '../../../domain/quoted.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { BotError } from '../../../errors.ts'
import type { ListedAccount } from '../../../store/accounts/account-list.ts'
import { accountNameIndex, accountsCalled, lookUpName } from '../../../store/accounts/account-names.ts'
import type { Connection } from '../../../store/engine/engine.ts'

export type Found =
  /** `rest` are words after the name that belong to no name. */
  | { readonly kind: 'one'; readonly account: ListedAccount; readonly rest?: string }
  | { readonly kind: 'several'; readonly accounts: readonly ListedAccount[] }
  | { readonly kind: 'none'; readonly nearest: readonly ListedAccount[] }

const MOST = 10
const MOST_NEAREST = 5

/** Matches that are certain. A typo is considered only later. */
const CALLED = ['whole', 'core', 'start', 'words'] as const

/** In shorter words a single typo matches too many names. */
const LONG_ENOUGH = 4

/**
 * Finds an account by id or name: as written, in any spelling, by the beginnings of its words, then despite a typo. A
 * match inside a word, or one that is merely similar, is offered but never taken.
 */
export async function findAccount(
  connection: Connection,
  text: string,
  now: Instant,
  known?: readonly ListedAccount[],
): Promise<Found> {
  if (text.trim() === '') return { kind: 'none', nearest: [] }
  const { called, state } = known ? { called: known } : await lookUpName(connection, text, MOST)
  if (called.length > 0) return foundAmong(called)
  const search = await accountNameIndex(connection, now, state)
  const folded = foldSpelling(text)
  const matches = search(folded, MOST, 'beginnings first')
  const best = bestOf(matches)
  if (best !== undefined && isOneOf(best.kind, CALLED)) return foundAmong(best.accounts)
  const head = await findHead(connection, text, now)
  if (head !== undefined) return head
  if (best?.kind === 'slip' && compact(folded).length >= LONG_ENOUGH) return foundAmong(best.accounts)
  return { kind: 'none', nearest: matches.slice(0, MOST_NEAREST).map(({ item }) => item) }
}

type Called = { readonly text: string; readonly accounts: Promise<readonly ListedAccount[]> }

const askedAbout = new WeakMap<Context, Called>()

/** The accounts with exactly this name: looked up once per request, when its words are understood. */
export function calledInRequest(context: Context, text: string): Promise<readonly ListedAccount[]> {
  const before = askedAbout.get(requestOf(context))
  if (before?.text === text) return before.accounts
  const called = { text, accounts: accountsCalled(context.connection, text, MOST) }
  remember(context, called)
  return called.accounts
}

/** The same before the request has its context, which then remembers it. */
export async function lookUpCalled(
  { connection }: Pick<Context, 'connection'>,
  text: string,
): Promise<(context: Context) => void> {
  const accounts = await accountsCalled(connection, text, MOST)
  return context => remember(context, { text, accounts: Promise.resolve(accounts) })
}

/** A failed lookup is not remembered. */
function remember(context: Context, called: Called): void {
  const request = requestOf(context)
  askedAbout.set(request, called)
  called.accounts.catch(() => askedAbout.delete(request))
}

/** Whether an account has this name, or one that begins with it, in any spelling. */
export async function isCalledSo(connection: Connection, text: string, now: Instant): Promise<boolean> {
  if ((await accountsCalled(connection, text, 1)).length > 0) return true
  const [first] = (await accountNameIndex(connection, now))(foldSpelling(text), 1, 'beginnings first')
  return first !== undefined && isOneOf(first.kind, CALLED)
}

/** "acme tomorrow" means Acme, with a word that means nothing here. */
async function findHead(connection: Connection, text: string, now: Instant): Promise<Found | undefined> {
  const words = text.trim().split(/\s+/)
  const search = await accountNameIndex(connection, now)
  for (let length = Math.min(words.length - 1, MOST_WORDS); length > 0; length -= 1) {
    const head = words.slice(0, length).join(' ')
    const rest = words.slice(length).join(' ')
    const called = await accountsCalled(connection, head, 2)
    const best = bestOf(search(foldSpelling(head), 2, 'beginnings'))
    const named = called.length > 0 ? called : best !== undefined && isOneOf(best.kind, WHOLE) ? best.accounts : []
    const [only, ...others] = named
    if (only !== undefined && others.length === 0) return { kind: 'one', account: only, rest }
  }
  return undefined
}

const MOST_WORDS = 8
const WHOLE = ['whole', 'core'] as const

function isOneOf(kind: MatchKind, kinds: readonly MatchKind[]): boolean {
  return kinds.includes(kind)
}

/** The matches as good as the first. */
function bestOf(matches: readonly NameMatch<ListedAccount>[]) {
  const [first] = matches
  if (first === undefined) return undefined
  return { kind: first.kind, accounts: matches.filter(({ kind }) => kind === first.kind).map(({ item }) => item) }
}

function foundAmong(accounts: readonly ListedAccount[]): Found {
  const [first] = accounts
  return first !== undefined && accounts.length === 1 ? { kind: 'one', account: first } : { kind: 'several', accounts }
}

/** The one account that is meant, or a refusal that names those that could be. */
export async function findOneAccount(connection: Connection, text: string, now: Instant): Promise<ListedAccount> {
  const found = await findAccount(connection, text, now)
  if (found.kind === 'one' && found.rest === undefined) return found.account
  throw notFound(text, found)
}

/** The account with exactly this id or name: where a guess could not be taken back. */
export async function findExactAccount(connection: Connection, text: string, now: Instant): Promise<ListedAccount> {
  const [account, ...others] = await accountsCalled(connection, text, MOST)
  if (account !== undefined && others.length === 0) return account
  throw notFound(text, await findAccount(connection, text, now))
}

function notFound(text: string, found: Found): BotError {
  const names = (accounts: readonly ListedAccount[]) => accounts.map(({ id, name }) => `${name} (${id})`).join(', ')
  if (found.kind === 'several') {
    return new BotError('several_accounts', `${quoted(text)} could be ${names(found.accounts)}.`, 'Write the id.')
  }
  const near = found.kind === 'one' ? [found.account] : found.nearest
  const hint = near.length === 0 ? 'Check the spelling, or write its id.' : `Nearest: ${names(near)}.`
  return new BotError('no_account', `There is no account called ${quoted(text)}.`, hint)
}
