import type { Context } from '../../context.ts'
import { groupedBy } from '../../domain/grouped.ts'
import { accountsInLink, type NamedByLink } from '../../domain/links/crm-link.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { valuesNow } from '../../store/accounts/values-now.ts'

export type NamingLink = { readonly link: string; readonly named: readonly NamedByLink[] }

/** The links that match a pattern in the settings; nothing is looked up yet. */
export function namingLinks({ settings }: Pick<Context, 'settings'>, links: readonly string[]): NamingLink[] {
  return links.flatMap(link => {
    const named = accountsInLink(settings.routes.crm_links, link)
    return named.length === 0 ? [] : [{ link, named }]
  })
}

export type AccountOfLink = { readonly link: string; readonly account: ListedAccount }

/** The account behind each link, if it is exactly one; each account comes once. */
export async function accountsOfLinks(context: Context, links: readonly NamingLink[]): Promise<AccountOfLink[]> {
  const accounts = await accountsNamed(
    context,
    links.flatMap(({ named }) => named),
  )
  const leading = links.flatMap(({ link, named }) => {
    const found = new Map(named.flatMap(one => accounts.get(keyOf(one)) ?? []).map(account => [account.key, account]))
    const [account, ...others] = found.values()
    return account === undefined || others.length > 0 ? [] : [{ link, account }]
  })
  return leading.filter(({ account: { key } }, at) => leading.findIndex(({ account }) => account.key === key) === at)
}

async function accountsNamed({ connection: { db }, clock }: Context, named: readonly NamedByLink[]) {
  const accounts = new Map<string, ListedAccount[]>()
  for (const [by, all] of groupedBy(named, ({ by }) => by)) {
    const wanted = new Set(all.map(keyOf))
    if (by !== 'id') {
      for await (const { account, value } of valuesNow(db, by, clock())) {
        const key = keyOf({ by, value })
        if (wanted.has(key)) accounts.set(key, [...(accounts.get(key) ?? []), account])
      }
      continue
    }
    for (const one of all) {
      const account = await accountByIdOrNone(db, one.value)
      if (account !== undefined) accounts.set(keyOf(one), [account])
    }
  }
  return accounts
}

/** Ids are compared as they are written, other attributes without regard to capitals. */
function keyOf({ by, value }: NamedByLink): string {
  return `${by}=${by === 'id' ? value : value.trim().toLowerCase()}`
}
