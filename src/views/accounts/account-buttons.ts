import { unclaimed } from '../../domain/accounts/next-step.ts'
import type { Button, Card } from '../card.ts'
import type { AccountSummary } from './account-summary.ts'

/** What matters here stands open, the rest is behind the menu. */
export function accountButtons(summary: AccountSummary): Pick<Card, 'buttons' | 'menu'> {
  const { health, alerts, tasks = [], retirement } = summary
  const { id } = summary.account
  const [alert] = retirement === undefined ? unclaimed(alerts) : []
  const claim: Button[] =
    alert === undefined ? [] : [{ label: 'Claim', action: 'claim', value: alert.id, style: 'primary' }]
  const own: Button = {
    label: tasks.length === 0 ? 'Tasks' : `Tasks (${tasks.length})`,
    action: 'tasks',
    value: id,
    ...(claim.length === 0 && { style: 'primary' }),
  }
  const pulse: Button = { label: 'Submit pulse', action: 'pulse', value: id, opensForm: true }
  const isBusy = claim.length > 0 || tasks.length > 0
  const why: Button[] = health.direction === 'falling' ? [{ label: 'Why did it fall?', action: 'why', value: id }] : []
  return {
    buttons: [
      ...claim,
      ...(tasks.length > 0 ? [own] : []),
      ...(isBusy ? [] : [{ ...pulse, style: 'primary' as const }]),
      ...why,
    ],
    menu: [
      { label: 'Explain', action: 'explain', value: id },
      { label: 'Timeline', action: 'timeline', value: id },
      { label: 'Prepare a brief', action: 'brief', value: id },
      { label: 'What if', action: 'what-if', value: id },
      { label: 'Compare', action: 'compare', value: id },
      ...(isBusy ? [pulse] : []),
      ...(tasks.length > 0 ? [] : [{ label: 'Tasks', action: 'tasks' as const, value: id }]),
      { label: 'Record an outcome', action: 'outcome', value: id, opensForm: true },
      { label: 'Share to channel', action: 'share', value: id, opensForm: true },
    ],
  }
}
