import type { DigestAccount, DigestAlert, OverdueTask } from './digest-account.ts'
import { isRenewalToWatch, overdueTasks, unclaimedAlerts } from './digest-standing.ts'
import type { Instant } from './instant.ts'
import type { Role } from './model.ts'
import { UNKNOWN, type Verdict } from './settle.ts'

/** Under which model, and when. */
export type DigestMoment = { readonly model: string; readonly at: Instant }

/** What a channel was last told: its verdicts, flags, open alerts, and what else was due by then. */
export type Told = {
  /** The version of the model that it was told by. */
  readonly model: string
  readonly verdicts: Readonly<Record<string, { readonly verdict: Verdict; readonly role?: Role }>>
  readonly ready: readonly string[]
  readonly alerts: readonly string[]
  /** Accounts, and tasks by their ids. Digests of before these were told of have none of the three. */
  readonly renewals?: readonly string[]
  readonly pulses?: readonly string[]
  readonly overdue?: readonly string[]
}

export type SectionKind =
  | 'newly_at_risk'
  | 'sharp_drops'
  | 'recovered'
  | 'newly_expansion_ready'
  | 'renewals'
  | 'unclaimed_alerts'
  | 'overdue_tasks'
  | 'pulses_due'

export type DigestItem = {
  readonly account: DigestAccount
  readonly from?: Verdict
  readonly alert?: DigestAlert
  readonly task?: OverdueTask
}

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
 * The difference between this moment and what was last told. What only another model made of the accounts is no news:
 * it is a new baseline. What nobody has claimed or done yet is listed beside news only, or when it is new itself.
 * DOMAIN 11.
 */
export function digestNews(
  accounts: readonly DigestAccount[],
  { model, at }: DigestMoment,
  told: Told | undefined,
): DigestNews {
  if (told === undefined || told.model !== model) {
    const baseline = told === undefined ? 'first' : 'new_model'
    return { baseline, sections: [], unchanged: accounts.length, otherwise: 0, total: accounts.length }
  }
  const before = (account: DigestAccount) => told.verdicts[account.id]
  const wasAtRisk = (account: DigestAccount) => before(account)?.role === 'at_risk'
  const newlyAtRisk = accounts.filter(
    account => account.role === 'at_risk' && before(account) !== undefined && !wasAtRisk(account),
  )
  const changes: Section[] = [
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
  const renewals: Section = {
    kind: 'renewals',
    items: accounts
      .filter(account => isRenewalToWatch(account, at) && told.renewals?.includes(account.id) === false)
      .sort((a, b) => ((a.renewalOn ?? '') < (b.renewalOn ?? '') ? -1 : 1))
      .map(item('renewal_risk')),
  }
  const pulses: Section = {
    kind: 'pulses_due',
    items: accounts
      .filter(({ id, isPulseDue }) => isPulseDue && told.pulses?.includes(id) === false)
      .map(account => ({ account })),
  }
  const unclaimed = unclaimedAlerts(accounts)
  const late = overdueTasks(accounts)
  const isNews =
    [...changes, renewals, pulses].some(({ items }) => items.length > 0) ||
    unclaimed.some(({ alert }) => !told.alerts.includes(alert.id)) ||
    late.some(({ task }) => told.overdue?.includes(task.id) === false)
  const sections: Section[] = [
    ...changes,
    renewals,
    { kind: 'unclaimed_alerts', items: unclaimed },
    { kind: 'overdue_tasks', items: late },
    pulses,
  ]
  const named = new Set(changes.flatMap(({ items }) => items.map(({ account }) => account.id)))
  const others = accounts.filter(({ id }) => !named.has(id))
  return {
    sections: isNews ? sections.filter(({ items }) => items.length > 0) : [],
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

/**
 * What is told once a digest of these accounts has been sent. How `everybody` stood belongs to it: who comes into a
 * filter that asks for a score or a band is news only if they stood otherwise before.
 */
export function toldBy(
  accounts: readonly DigestAccount[],
  { model, at }: DigestMoment,
  everybody: readonly DigestAccount[] = accounts,
): Told {
  return {
    model,
    verdicts: Object.fromEntries(
      everybody.map(({ id, verdict, role }) => [id, { verdict, ...(role !== undefined && { role }) }]),
    ),
    ready: everybody.filter(({ expansionReady }) => expansionReady).map(({ id }) => id),
    alerts: accounts.flatMap(({ alerts }) => alerts.map(({ id }) => id)),
    renewals: accounts.filter(account => isRenewalToWatch(account, at)).map(({ id }) => id),
    pulses: accounts.filter(({ isPulseDue }) => isPulseDue).map(({ id }) => id),
    overdue: accounts.flatMap(({ overdue }) => overdue.map(({ id }) => id)),
  }
}

function worstDropFirst(a: DigestAccount, b: DigestAccount): number {
  return (a.change ?? 0) - (b.change ?? 0) || (a.shown ?? 0) - (b.shown ?? 0) || (a.id < b.id ? -1 : 1)
}
