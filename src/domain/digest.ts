import type { Role } from './model.ts'
import { UNKNOWN, type Verdict } from './settle.ts'

/** What a digest knows of one account. */
export type DigestAccount = {
  readonly id: string
  readonly name: string
  readonly verdict: Verdict
  readonly role?: Role
  readonly shown?: number
  /** Unrounded, over 30 days. */
  readonly change?: number
  readonly reason: string
  readonly expansionReady: boolean
  readonly owner?: string
  readonly arr?: number
  /** The unresolved alerts. */
  readonly alerts: readonly DigestAlert[]
}

export type DigestAlert = {
  readonly id: string
  readonly kind: string
  readonly reason: string
  readonly claimedBy?: string
}

/** What a channel was last told: its verdicts, flags and open alerts. */
export type Told = {
  /** The version of the model that it was told by. */
  readonly model: string
  readonly verdicts: Readonly<Record<string, { readonly verdict: Verdict; readonly role?: Role }>>
  readonly ready: readonly string[]
  readonly alerts: readonly string[]
}

export type SectionKind = 'newly_at_risk' | 'sharp_drops' | 'recovered' | 'newly_expansion_ready'

export type DigestItem = { readonly account: DigestAccount; readonly from?: Verdict; readonly alert?: DigestAlert }

export type Section = { readonly kind: SectionKind; readonly items: readonly DigestItem[] }

export type DigestNews = {
  /** A baseline is told in one line: the first digest, and the first under a new model. */
  readonly baseline?: 'first' | 'new_model'
  /** Only those with something in them. */
  readonly sections: readonly Section[]
  /** How many accounts stand where they stood. */
  readonly unchanged: number
  /** How many changed in a way that no section is about, such as from attention to healthy. */
  readonly otherwise: number
  readonly total: number
}

/**
 * The difference between now, under the model of this version, and what was last told. What only another model made of
 * the accounts is no news: it is a new baseline.
 */
export function digestNews(accounts: readonly DigestAccount[], model: string, told: Told | undefined): DigestNews {
  if (told === undefined || told.model !== model) {
    const baseline = told === undefined ? 'first' : 'new_model'
    return { baseline, sections: [], unchanged: accounts.length, otherwise: 0, total: accounts.length }
  }
  const before = (account: DigestAccount) => told.verdicts[account.id]
  const wasAtRisk = (account: DigestAccount) => before(account)?.role === 'at_risk'
  const newlyAtRisk = accounts.filter(
    account => account.role === 'at_risk' && before(account) !== undefined && !wasAtRisk(account),
  )
  const sections: Section[] = [
    { kind: 'newly_at_risk', items: newlyAtRisk.sort(worstDropFirst).map(item('at_risk')) },
    {
      kind: 'sharp_drops',
      items: accounts
        .filter(account => !newlyAtRisk.includes(account) && newAlert(account, 'sharp_drop') !== undefined)
        .sort(worstDropFirst)
        .map(item('sharp_drop')),
    },
    {
      kind: 'recovered',
      items: accounts
        .filter(account => wasAtRisk(account) && account.role !== 'at_risk' && account.verdict !== UNKNOWN)
        .map(item()),
    },
    {
      kind: 'newly_expansion_ready',
      items: accounts
        .filter(account => account.expansionReady && before(account) !== undefined && !told.ready.includes(account.id))
        .map(item('expansion_ready')),
    },
  ]
  const named = new Set(sections.flatMap(({ items }) => items.map(({ account }) => account.id)))
  const others = accounts.filter(({ id }) => !named.has(id))
  return {
    sections: sections.filter(({ items }) => items.length > 0),
    unchanged: others.filter(stands).length,
    otherwise: others.filter(account => !stands(account)).length,
    total: accounts.length,
  }

  function stands(account: DigestAccount): boolean {
    const known = before(account)
    if (known === undefined) return true
    return known.verdict === account.verdict && told?.ready.includes(account.id) === account.expansionReady
  }

  function newAlert(account: DigestAccount, kind: string): DigestAlert | undefined {
    return account.alerts.find(alert => alert.kind === kind && !told?.alerts.includes(alert.id))
  }

  function item(kind?: string) {
    return (account: DigestAccount): DigestItem => {
      const from = before(account)?.verdict
      const alert = account.alerts.find(alert => alert.kind === kind)
      return { account, ...(from !== undefined && { from }), ...(alert !== undefined && { alert }) }
    }
  }
}

/** What is told once a digest of these accounts has been sent. */
export function toldBy(accounts: readonly DigestAccount[], model: string): Told {
  return {
    model,
    verdicts: Object.fromEntries(
      accounts.map(({ id, verdict, role }) => [id, { verdict, ...(role !== undefined && { role }) }]),
    ),
    ready: accounts.filter(({ expansionReady }) => expansionReady).map(({ id }) => id),
    alerts: accounts.flatMap(({ alerts }) => alerts.map(({ id }) => id)),
  }
}

function worstDropFirst(a: DigestAccount, b: DigestAccount): number {
  return (a.change ?? 0) - (b.change ?? 0) || (a.shown ?? 0) - (b.shown ?? 0) || (a.id < b.id ? -1 : 1)
}
