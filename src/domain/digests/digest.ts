import { worstFirst } from '../accounts/portfolio.ts'
import { UNKNOWN, type Verdict } from '../scoring/settle.ts'
import { type Announced, type DigestMoment, heardOf } from './announced.ts'
import type { DigestAccount, DigestAlert, OverdueTask } from './digest-account.ts'
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

export type DigestItem = {
  readonly account: DigestAccount
  readonly from?: Verdict
  readonly alert?: DigestAlert
  readonly task?: OverdueTask
}

/** `more` were left out. */
export type Section = { readonly kind: SectionKind; readonly items: readonly DigestItem[]; readonly more?: number }

export type DigestNews = {
  /** The first digest, and the first under a new model, also say how things stand. */
  readonly baseline?: 'first' | 'new_model'
  /** Only those with something in them; changes come first. */
  readonly sections: readonly Section[]
  /** How many accounts stand where they stood. */
  readonly unchanged: number
  /** How many changed in a way that no section is about, such as from attention to healthy. */
  readonly otherwise: number
  readonly total: number
  /** How many accounts are ready to grow now; with a baseline alone. */
  readonly ready?: number
}

/** Of the accounts at risk so many are named. */
const MOST_AT_RISK = 10

/**
 * The difference between this moment and what was last announced. What only another model made of an account is not a
 * change, what happened before and after that is. What nobody has claimed or done yet is listed beside news only, or
 * when it is new itself. DOMAIN 11.
 */
export function digestNews(
  accounts: readonly DigestAccount[],
  { model, at }: DigestMoment,
  announced: Announced | undefined,
): DigestNews {
  const baseline = announced === undefined ? 'first' : announced.model === model ? undefined : 'new_model'
  const changes = announced === undefined ? [] : changesSince(accounts, announced)
  const named = namedIn(changes)
  const isNewHere = (account: DigestAccount) =>
    !named.has(account.id) && (announced?.verdicts[account.id] === undefined || beginsAnew(account))
  const atRisk = atRiskNow(accounts.filter(account => baseline !== undefined || isNewHere(account)))
  const isRenewal = (account: DigestAccount) =>
    isRenewalToWatch(account, at) && (baseline !== undefined || announced?.renewals?.includes(account.id) === false)
  const status = [atRisk, renewals(accounts.filter(isRenewal), announced)]
  const pulses: Section = {
    kind: 'pulses_due',
    items: accounts
      .filter(({ id, isPulseDue }) => isPulseDue && announced?.pulses?.includes(id) === false)
      .map(account => ({ account })),
  }
  const unclaimed = unclaimedAlerts(accounts)
  const late = overdueTasks(accounts)
  const isNews =
    [...changes, ...status, pulses].some(({ items }) => items.length > 0) ||
    unclaimed.some(({ alert }) => announced?.alerts.includes(alert.id) === false) ||
    late.some(({ task }) => announced?.overdue?.includes(task.id) === false)
  const waiting: Section[] = [
    { kind: 'unclaimed_alerts', items: unclaimed },
    { kind: 'overdue_tasks', items: late },
    pulses,
  ]
  const sections = [...changes, ...status, ...(announced === undefined ? [] : waiting)]
  const isListed = baseline === undefined ? namedIn([...changes, atRisk]) : named
  const others = accounts.filter(({ id }) => !isListed.has(id))
  const moved = others.filter(account => hasMoved(account, announced))
  return {
    ...(baseline !== undefined && { baseline }),
    sections: isNews ? sections.filter(({ items }) => items.length > 0) : [],
    unchanged: others.length - moved.length,
    otherwise: moved.length,
    total: accounts.length,
    ...(baseline !== undefined && { ready: accounts.filter(({ expansionReady }) => expansionReady).length }),
  }
}

function namedIn(sections: readonly Section[]): ReadonlySet<string> {
  return new Set(sections.flatMap(({ items }) => items.map(({ account }) => account.id)))
}

function hasMoved(account: DigestAccount, announced: Announced | undefined): boolean {
  const course = courseSince(account, announced)
  return verdictChanged(course) || readinessChanged(course)
}

function changesSince(accounts: readonly DigestAccount[], announced: Announced): Section[] {
  const courses = new Map(accounts.map(account => [account, courseSince(account, announced)]))
  const newlyAtRisk: DigestItem[] = []
  const recovered: DigestItem[] = []
  const newlyReady: DigestItem[] = []
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
  const hasNewDrop = ({ alerts }: DigestAccount) =>
    alerts.some(({ kind, id }) => kind === 'sharp_drop' && !announced.alerts.includes(id))
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
function beforeOf({ role }: DigestAccount, course: readonly Stretch[]) {
  return lastOnTheWay(course, status => (status.role === 'at_risk') !== (role === 'at_risk'))
}

function fromOf(course: readonly Stretch[] = []): { from?: Verdict } {
  const [first] = course
  return first === undefined ? {} : { from: first.from.verdict }
}

function atRiskNow(accounts: readonly DigestAccount[]): Section {
  const all = accounts.filter(({ role }) => role === 'at_risk').sort(worstFirst)
  const items = all.slice(0, MOST_AT_RISK).map(account => withAlert({ account }, 'at_risk'))
  return { kind: 'at_risk_now', items, ...(all.length > items.length && { more: all.length - items.length }) }
}

function renewals(accounts: readonly DigestAccount[], announced: Announced | undefined): Section {
  const items = [...accounts]
    .sort((a, b) => ((a.renewalOn ?? '') < (b.renewalOn ?? '') ? -1 : 1))
    .map(account => withAlert({ account, ...fromOf(courseSince(account, announced)) }, 'renewal_risk'))
  return { kind: 'renewals', items }
}

function courseSince(account: DigestAccount, announced: Announced | undefined): readonly Stretch[] {
  return announced === undefined ? [] : courseOf(account, heardOf(announced, account.id))
}

function withAlert(item: DigestItem, kind: string): DigestItem {
  const alert = item.account.alerts.find(alert => alert.kind === kind)
  return alert === undefined ? item : { ...item, alert }
}

function worstDropFirst({ account: a }: DigestItem, { account: b }: DigestItem): number {
  return (a.change ?? 0) - (b.change ?? 0) || (a.shown ?? 0) - (b.shown ?? 0) || (a.id < b.id ? -1 : 1)
}
