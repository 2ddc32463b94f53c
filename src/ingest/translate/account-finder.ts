import { coreOfName, foldSpelling } from '../../domain/accounts/name-fold.ts'
import type { MatchableAccount } from '../../store/accounts/account-matching.ts'
import { quoted, type Refusal, refuse } from '../cells/values.ts'
import { emailDomain, hostIn, isMailbox } from '../rules/domains.ts'

export type FoundBy = 'id' | 'domain' | 'email' | 'name' | 'attribute'

export type AccountFinder = {
  /** The one account that a text means, or why it is none; several are named. */
  find(by: FoundBy, text: string, attribute?: string): { readonly id: string; readonly name: string } | Refusal
  add(account: MatchableAccount): void
}

type Known = { readonly id: string; readonly name: string }

/** Finds accounts by what files know of them. */
export function accountFinder(accounts: readonly MatchableAccount[], attributes: readonly string[]): AccountFinder {
  const [byId, byDomain, byName, byCore] = [new Map<string, Known>(), lists(), lists(), lists()]
  const byAttribute = new Map(attributes.map(attribute => [attribute, lists()]))

  function add({ id, name, attributes }: MatchableAccount): void {
    const known = { id, name }
    byId.set(id, known)
    const folded = foldSpelling(name)
    byName.add(folded, known)
    byCore.add(coreOfName(folded), known)
    for (const text of (attributes.get('domain') ?? '').split(/[\s;,]+/)) {
      const host = hostIn(text)
      if (host !== undefined) byDomain.add(host, known)
    }
    for (const [attribute, list] of byAttribute) {
      const value = attributes.get(attribute)
      if (value !== undefined) list.add(value.trim().toLowerCase(), known)
    }
  }

  function find(by: FoundBy, text: string, attribute = ''): Known | Refusal {
    switch (by) {
      case 'id':
        return byId.get(text) ?? refuse(`no account has the id ${quoted(text)}; import accounts first`)
      case 'name': {
        const folded = foldSpelling(text)
        const exact = byName.get(folded)
        const found = exact.length > 0 ? exact : byCore.get(coreOfName(folded))
        return only(found, `is called ${quoted(text)}`)
      }
      case 'email':
        return ofDomain(emailDomain(text), text)
      case 'domain':
        return ofDomain(hostIn(text), text)
      case 'attribute':
        return only(byAttribute.get(attribute)?.get(text.toLowerCase()) ?? [], `has the ${attribute} ${quoted(text)}`)
    }
  }

  function ofDomain(domain: string | undefined, text: string): Known | Refusal {
    if (domain === undefined) return refuse(`${quoted(text)} holds no domain such as acme.com`)
    if (isMailbox(domain)) return refuse(`${quoted(text)} is a private mailbox and says nothing of its company`)
    // mail.acme.com belongs to acme.com
    for (let host = domain; host.includes('.'); host = host.slice(host.indexOf('.') + 1)) {
      const found = byDomain.get(host)
      if (found.length > 0) return only(found, `has the domain ${host}`)
    }
    return refuse(`no account has the domain ${domain}; import accounts with a domain first`)
  }

  for (const account of accounts) add(account)
  return { find, add }
}

function only(found: readonly Known[], what: string): Known | Refusal {
  const [first] = found
  if (first === undefined) return refuse(`no account ${what}; import accounts first, or fix the spelling`)
  if (found.length === 1) return first
  const named = found.slice(0, 5).map(({ id, name }) => `${name} (${id})`)
  return refuse(`${found.length} accounts are meant: each ${what}: ${named.join(', ')}; give the id`)
}

type Lists = { add(key: string, known: Known): void; get(key: string): readonly Known[] }

function lists(): Lists {
  const all = new Map<string, Known[]>()
  return {
    add(key, known) {
      const list = all.get(key) ?? []
      if (!list.some(({ id }) => id === known.id)) all.set(key, [...list, known])
    },
    get: key => all.get(key) ?? [],
  }
}
