import { worstFirst } from '../portfolio/portfolio.ts'
import { UNKNOWN, type Verdict } from '../scoring/settle.ts'
import type { Instant } from '../time/instant.ts'
import type { Heard } from './announced.ts'
import type { DigestAccount, DigestAlert, DigestStatus, OverdueTask } from './digest-account.ts'
import { beginsAnew, courseOf, lastOnTheWay, readinessChanged, type Stretch, verdictChanged } from './digest-course.ts'
import { isRenewalToWatch, overdueTasks, unclaimedAlerts } from './digest-status.ts'

export type SectionKind =
  | 'newly_at_risk'
  | 'sharp_drops'
  | 'recovered'
  | 'newly_expansion_ready'
  | 'at_risk_now'
  | 'renewals'
  | 'unclaimed_alerts'
  | 'overdue_tasks'
  | 'pulses_due'

export type DigestItem<A extends DigestStatus = DigestAccount> = {
  readonly account: A
  readonly from?: Verdict
  readonly alert?: DigestAlert
  readonly task?: OverdueTask
}

/** `more` were left out. */
export type Section<A extends DigestStatus = DigestAccount> = {
  readonly kind: SectionKind
  readonly items: readonly DigestItem<A>[]
  readonly more?: number
}

export type DigestNews<A extends DigestStatus = DigestAccount> = {
  /** The first digest, and the first under a new model, also say how things stand. */
  readonly baseline?: 'first' | 'new_model'
  /** Only those with something in them; changes come first. */
  readonly sections: readonly Section<A>[]
  /** How many accounts are unchanged. */
  readonly unchanged: number
  /** How many changed in a way that no section is about, such as from attention to healthy. */
  readonly otherwise: number
  readonly total: number
  /** How many accounts are ready to grow now; with a baseline alone. */
  readonly ready?: number
}

/** How many accounts at risk are named. */
const MOST_AT_RISK = 10

/** Under which version of the model, and when. */
export type DigestMoment = { readonly model: string; readonly at: Instant }

/**
 * The difference between this moment and what a channel heard. Accounts that stand where they stood may be left out,
 * unless something is open about them, the digest is the first, or the model is new: `total` counts them. What only
 * another model made of an account is not a change, what happened before and after that is. What nobody has claimed or
 * done yet is listed beside news only, or when it is new itself.
 */
export function digestNews<A extends DigestStatus>(
  accounts: readonly A[],
  { model, at }: DigestMoment,
  heard: Heard | undefined,
  total = accounts.length,
): DigestNews<A> {
  const baseline = heard === undefined ? 'first' : heard.model === model ? undefined : 'new_model'
  const changes = heard === undefined ? [] : changesSince(accounts, heard)
  const named = namedIn(changes)
  const isNewHere = (account: A) =>
    !named.has(account.id) && (heard?.statusOf(account.id) === undefined || beginsAnew(account))
  const atRisk = atRiskNow(accounts.filter(account => baseline !== undefined || isNewHere(account)))
  const isRenewal = (account: A) =>
    isRenewalToWatch(account, at) && (baseline !== undefined || heard?.isNew('renewals', account.id) === true)
  const status = [atRisk, renewals(accounts.filter(isRenewal), heard)]
  const pulses: Section<A> = {
    kind: 'pulses_due',
    items: accounts
      .filter(({ id, isPulseDue }) => isPulseDue && heard?.isNew('pulses', id))
      .map(account => ({ account })),
  }
  const unclaimed = unclaimedAlerts(accounts)
  const late = overdueTasks(accounts)
  const isNews =
    [...changes, ...status, pulses].some(({ items }) => items.length > 0) ||
    unclaimed.some(({ alert }) => heard?.isNew('alerts', alert.id)) ||
    late.some(({ task }) => heard?.isNew('overdue', task.id))
  const waiting: Section<A>[] = [
    { kind: 'unclaimed_alerts', items: unclaimed },
    { kind: 'overdue_tasks', items: late },
    pulses,
  ]
  const sections = [...changes, ...status, ...(heard === undefined ? [] : waiting)]
  const isListed = baseline === undefined ? namedIn([...changes, atRisk]) : named
  const moved = accounts.filter(account => !isListed.has(account.id) && hasMoved(account, heard))
  return {
    ...(baseline !== undefined && { baseline }),
    sections: isNews ? sections.filter(({ items }) => items.length > 0) : [],
    unchanged: total - isListed.size - moved.length,
    otherwise: moved.length,
    total,
    ...(baseline !== undefined && { ready: accounts.filter(({ expansionReady }) => expansionReady).length }),
  }
}

/** The accounts that news say something of, each once. */
export function accountsIn<A extends DigestStatus>({ sections }: DigestNews<A>): A[] {
  return [...new Set(sections.flatMap(({ items }) => items.map(({ account }) => account)))]
}

/** The same news, with all that is said of the accounts in it. */
export function withDetails<A extends DigestStatus>(
  news: DigestNews<A>,
  detailsOf: (account: A) => DigestAccount,
): DigestNews {
  return {
    ...news,
    sections: news.sections.map(section => ({
      ...section,
      items: section.items.map(item => ({ ...item, account: detailsOf(item.account) })),
    })),
  }
}

function namedIn<A extends DigestStatus>(sections: readonly Section<A>[]): ReadonlySet<string> {
  return new Set(sections.flatMap(({ items }) => items.map(({ account }) => account.id)))
}

function hasMoved(account: DigestStatus, heard: Heard | undefined): boolean {
  const course = courseSince(account, heard)
  return verdictChanged(course) || readinessChanged(course)
}

function changesSince<A extends DigestStatus>(accounts: readonly A[], heard: Heard): Section<A>[] {
  const courses = new Map(accounts.map(account => [account, courseSince(account, heard)]))
  const newlyAtRisk: DigestItem<A>[] = []
  const recovered: DigestItem<A>[] = []
  const newlyReady: DigestItem<A>[] = []
  for (const [account, course] of courses) {
    const before = beforeOf(account, course)
    const item = { account, ...(before !== undefined && { from: before.verdict }) }
    if (verdictChanged(course) && before !== undefined) {
      if (account.role === 'at_risk') newlyAtRisk.push(withAlert(item, 'at_risk'))
      else if (account.verdict !== UNKNOWN) recovered.push(item)
    }
    if (account.expansionReady && readinessChanged(course)) newlyReady.push(withAlert(item, 'expansion_ready'))
  }
  const isNamed = new Set(newlyAtRisk.map(({ account }) => account.id))
  const hasNewDrop = ({ alerts }: A) =>
    alerts.some(({ kind, id }) => kind === 'sharp_drop' && heard.isNew('alerts', id))
  return [
    { kind: 'newly_at_risk', items: newlyAtRisk.sort(worstDropFirst) },
    {
      kind: 'sharp_drops',
      items: accounts
        .filter(account => !isNamed.has(account.id) && hasNewDrop(account))
        .map(account => withAlert({ account, ...fromOf(courses.get(account)) }, 'sharp_drop'))
        .sort(worstDropFirst),
    },
    { kind: 'recovered', items: recovered },
    { kind: 'newly_expansion_ready', items: newlyReady },
  ]
}

/** Of an account at risk: where it was not; of another one: where it was at risk. */
function beforeOf({ role }: DigestStatus, course: readonly Stretch[]) {
  return lastOnTheWay(course, status => (status.role === 'at_risk') !== (role === 'at_risk'))
}

function fromOf(course: readonly Stretch[] = []): { from?: Verdict } {
  const [first] = course
  return first === undefined ? {} : { from: first.from.verdict }
}

function atRiskNow<A extends DigestStatus>(accounts: readonly A[]): Section<A> {
  const all = accounts.filter(({ role }) => role === 'at_risk').sort(worstFirst)
  const items = all.slice(0, MOST_AT_RISK).map(account => withAlert({ account }, 'at_risk'))
  return { kind: 'at_risk_now', items, ...(all.length > items.length && { more: all.length - items.length }) }
}

function renewals<A extends DigestStatus>(accounts: readonly A[], heard: Heard | undefined): Section<A> {
  const items = [...accounts]
    .sort((a, b) => ((a.renewalOn ?? '') < (b.renewalOn ?? '') ? -1 : 1))
    .map(account => withAlert({ account, ...fromOf(courseSince(account, heard)) }, 'renewal_risk'))
  return { kind: 'renewals', items }
}

function courseSince(account: DigestStatus, heard: Heard | undefined): readonly Stretch[] {
  return heard === undefined ? [] : courseOf(account, heard.statusOf(account.id))
}

function withAlert<A extends DigestStatus>(item: DigestItem<A>, kind: string): DigestItem<A> {
  const alert = item.account.alerts.find(alert => alert.kind === kind)
  return alert === undefined ? item : { ...item, alert }
}

function worstDropFirst({ account: a }: DigestItem<DigestStatus>, { account: b }: DigestItem<DigestStatus>): number {
  return (a.change ?? 0) - (b.change ?? 0) || (a.shown ?? 0) - (b.shown ?? 0) || (a.id < b.id ? -1 : 1)
}
