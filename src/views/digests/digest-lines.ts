import { titleOf } from '../../domain/accounts/title.ts'
import { counted } from '../../domain/counted.ts'
import type { DigestItem, SectionKind } from '../../domain/digests/digest.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Model } from '../../domain/model/model.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import { aboutAlert, claimButton } from '../alerts/alert-line.ts'
import { alertReasonText } from '../alerts/alert-reason.ts'
import type { Button, Item } from '../card.ts'
import { arrWords, changeWords } from '../parts/account-line.ts'
import { dayText } from '../parts/amounts.ts'
import { toneOf, verdictWords } from '../scoring/status-text.ts'

type Options = { readonly at: Instant; readonly showArr: boolean }

/** An account that changed, or comes up for renewal, with the reason and who should act. */
export function sectionItem(
  model: Model,
  { at, showArr }: Options,
  kind: SectionKind,
  { account, alert, from }: DigestItem,
): Item {
  const { shown, verdict, owner, renewalOn } = account
  const words = [
    ...(shown === undefined ? [] : [String(shown)]),
    from === undefined || from === verdict
      ? verdictWords(model, verdict)
      : `${verdictWords(model, from)} → ${verdictWords(model, verdict)}`,
    ...(kind === 'renewals' && renewalOn !== undefined ? [`Renews ${dayText(renewalOn, at)}`] : []),
    ...changeWords(account),
    ...(showArr ? arrWords(account) : []),
  ]
  const holder = alert?.claimedBy === undefined ? ownerText(owner) : `Claimed by ${alert.claimedBy}`
  return {
    tone: kind === 'recovered' || kind === 'newly_expansion_ready' ? 'good' : toneOf(model, verdict),
    lead: account.name,
    text: words.join(' · '),
    note: `${alert?.reason ?? account.reason}\n${holder}`,
    button: alert !== undefined && alert.claimedBy === undefined ? claimButton(alert.id) : showButton(account.id),
    ...(alert !== undefined && { about: aboutAlert(alert.id) }),
  }
}

/** An alert that nobody holds. */
export function alertItem(model: Model, at: Instant) {
  return ({ account, alert }: DigestItem): Item => ({
    tone: toneOf(model, account.verdict),
    lead: account.name,
    text: alert === undefined ? '' : `${titleOf(alert.kind)} · opened ${dayText(dayOf(alert.openedAt), at)}`,
    note: `${alert === undefined ? account.reason : alertReasonText(alert, account.renewalOn, at)}\n${ownerText(account.owner)}`,
    ...(alert !== undefined && { button: claimButton(alert.id), about: aboutAlert(alert.id) }),
  })
}

/** A task whose time is over. */
export function taskItem(at: Instant) {
  return ({ account, task }: DigestItem): Item => ({
    tone: 'warn',
    lead: account.name,
    text: task?.title ?? '',
    note: `${task === undefined ? '' : `Was due ${dayText(dayOf(task.dueAt), at)}`} · ${task?.assignee ?? 'Unassigned'}`,
    button: showButton(account.id),
  })
}

/** One line an owner, with how many of their accounts wait for a pulse. */
export function pulseItems(items: readonly DigestItem[]): Item[] {
  return [...groupedBy(items, ({ account }) => account.owner ?? '')].map(([owner, of]) => {
    const [only] = of
    const names = of.slice(0, MOST_NAMES).map(({ account }) => account.name)
    const more = of.length > names.length ? ` and ${of.length - names.length} more` : ''
    return {
      lead: owner,
      text: `${counted(of.length, 'account')}: ${names.join(', ')}${more}`,
      ...(of.length === 1 && only !== undefined && { button: pulseButton(only.account.id) }),
    }
  })
}

const MOST_NAMES = 3

function showButton(account: string): Button {
  return { label: 'Show', action: 'show', value: account }
}

function pulseButton(account: string): Button {
  return { label: 'Submit pulse', action: 'pulse', value: account, opensForm: true }
}

function ownerText(owner: string | undefined): string {
  return owner === undefined ? 'No owner' : `Owner ${owner}`
}
