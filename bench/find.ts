import { findAccount } from '../src/chat/accounts/find/find-account.ts'
import { accountNameIndex } from '../src/store/accounts/account-names.ts'
import { listedAccounts } from './support/accounts.ts'
import { dice } from './support/dice.ts'
import { alternate, costOf } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atLeast, atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'

const ACCOUNTS = 100_000
const ASKED = 500
const { connection, end } = await openPortfolio({ accounts: ACCOUNTS, days: 0, spacing: 1 }, { isMadeUp: true })
const listed = listedAccounts(ACCOUNTS)
const asked = Array.from({ length: ASKED }, (_, n) => listed[(n * 7_919) % ACCOUNTS]).map(account => ({
  id: account?.id ?? '',
  name: account?.name ?? '',
}))
const stemOf = (name: string) => name.slice(0, name.indexOf(' '))
const typos = asked.map(({ name }, n) => ({ name, typed: mistyped(name, n) }))

const build = await costOf(() => accountNameIndex(connection, MORNING))
const find = async (texts: readonly string[]) => {
  for (const text of texts) await findAccount(connection, text, MORNING)
}
const costs = await alternate({
  id: () => find(asked.map(({ id }) => id)),
  exact: () => find(asked.map(({ name }) => name)),
  prefix: () => find(asked.map(({ name }) => stemOf(name))),
  part: () => find(asked.map(({ name }) => stemOf(name).slice(1, 7))),
  typo: () => find(typos.map(({ typed }) => typed)),
})
const search = await accountNameIndex(connection, MORNING)
const first = typos.filter(({ name, typed }) => search(typed.toLowerCase(), 1)[0]?.item.name === name).length / ASKED
const us = (name: keyof typeof costs) => (costs[name].cpu / ASKED) * 1_000
const slowest = Math.max(us('id') / 50, us('exact') / 50, us('prefix') / 50, us('part') / 1_000, us('typo') / 1_500)

report({
  bench: 'find',
  what: 'An account among 100,000 by its id, its name, a beginning, a part and a typo, against 50 µs for the first three, 1 ms and 1.5 ms: the slowest.',
  ratio: slowest,
  goal: atMost(1),
  also: [
    { name: 'typo_first', value: first, goal: atLeast(0.95) },
    { name: 'build_ms', value: build.cpu, goal: atMost(400) },
  ],
  details: {
    id_us: us('id'),
    exact_us: us('exact'),
    prefix_us: us('prefix'),
    part_us: us('part'),
    typo_us: us('typo'),
  },
})
await end()

/** A letter that is missing, doubled, or swapped with the next one. */
function mistyped(name: string, n: number): string {
  const at = 1 + Math.floor(dice(n, 41) * (name.length - 3))
  const [before, letter, next, rest] = [name.slice(0, at), name.charAt(at), name.charAt(at + 1), name.slice(at + 2)]
  const slips = [
    `${before}${next}${rest}`,
    `${before}${letter}${letter}${next}${rest}`,
    `${before}${next}${letter}${rest}`,
  ]
  return slips[n % slips.length] ?? name
}
