import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { ALERT_VERDICTS } from '../../domain/alerts/feedback.ts'
import { DAY, dayOf } from '../../domain/time/instant.ts'
import type { Button } from '../card.ts'
import { claimButton } from './alert-line.ts'
import { VERDICT_WORDS } from './alert-words.ts'

/** Three at most: who has it and what is to be done, its end, and why. `others` are the account's other alerts. */
export function alertButtons(alert: AlertDetails, others: readonly AlertDetails[]): Button[] {
  const { id, state } = alert
  if (state === 'resolved') return [...undoButton([alert, ...others]), showButton(alert)]
  return [
    ...(state === 'snoozed' ? undoButton([alert, ...others]) : []),
    ...(state === 'snoozed' ? [wakeButton(alert)] : [isFree(alert) ? claimButton(id) : tasksButton(alert)]),
    { label: 'Resolve', action: 'resolve', value: id, opensForm: true } as const,
    FALLS.includes(alert.kind) ? whyButton(alert) : showButton(alert),
  ].slice(0, 3)
}

/** Everything else that can be done about it. */
export function alertMenu(alert: AlertDetails): Button[] {
  const { id, state, kind, verdicts } = alert
  if (state === 'resolved') {
    return verdicts.length === 0
      ? []
      : ALERT_VERDICTS.map(verdict => ({ label: VERDICT_WORDS[verdict], action: `verdict-${verdict}`, value: id }))
  }
  return [
    ...(state === 'snoozed' && alert.claimedBy === undefined ? [claimButton(id)] : []),
    { label: state === 'snoozed' ? 'Another day' : 'Snooze', action: 'snooze', value: id, opensForm: true },
    { label: 'Assign to…', action: 'assign', value: id, opensForm: true },
    ...(isFree(alert) || state === 'snoozed' ? [tasksButton(alert)] : []),
    ...(FALLS.includes(kind) ? [showButton(alert)] : []),
  ]
}

const FALLS: readonly AlertKind[] = ['at_risk', 'sharp_drop', 'renewal_risk', 'went_silent']

function isFree({ state, claimedBy }: AlertDetails): boolean {
  return state === 'open' && claimedBy === undefined
}

function undoButton(alerts: readonly AlertDetails[]): Button[] {
  const undo = alerts.find(({ undo }) => undo !== undefined)?.undo
  return undo === undefined ? [] : [{ label: 'Undo', action: 'undo', value: undo }]
}

function wakeButton({ id }: AlertDetails): Button {
  return { label: 'Wake', action: 'wake', value: id }
}

function tasksButton({ account }: AlertDetails): Button {
  return { label: 'Tasks', action: 'tasks', value: account.id }
}

function showButton({ account }: AlertDetails): Button {
  return { label: 'Show account', action: 'show', value: account.id }
}

/** What moved since the day before it opened, or since the month before if the fall took a month. */
function whyButton({ account, openedAt }: AlertDetails): Button {
  return { label: 'Why did it fall?', action: 'show', value: `${account.id} since ${dayOf(openedAt - 30 * DAY)}` }
}
