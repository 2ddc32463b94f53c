import { expect, it } from 'vitest'
import type { AlertDetails } from '../../src/domain/alerts/alert-details.ts'
import { alertsInNews } from '../../src/domain/digests/alerts-in-news.ts'
import { checkModel } from '../../src/model/load.ts'
import { withAlertState } from '../../src/views/alerts/alert-line.ts'
import { digestCard } from '../../src/views/digests/digest-card.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

const head = { name: 'morning', at: 0, date: '2026-11-02', showArr: false, isLate: false }
const ids = ['1', '2', '3', '4', '5']
const alerts = ids.map(id => ({ id, kind: 'at_risk', reason: 'Usage 30', openedAt: 0, isSnoozed: false }))
const account = { id: 'acme', name: 'Acme', verdict: 'at_risk', expansionReady: false, reason: '', alerts }
const items = alerts.map(alert => ({ account: { ...account, overdue: [], isPulseDue: false }, alert }))

function newsOf(isNamedAbove: boolean) {
  const above = isNamedAbove ? [{ kind: 'at_risk_now' as const, items: items.slice(0, 1) }] : []
  const sections = [...above, { kind: 'unclaimed_alerts' as const, items }]
  return { sections, unchanged: 1, otherwise: 0, total: 1 }
}

function digest(isNamedAbove: boolean) {
  const { model } = checkModel(SMALL_MODEL)
  if (model === undefined) throw new Error('the small model is valid')
  return digestCard(model, head, newsOf(isNamedAbove))
}

const alert = (id: string, state: AlertDetails['state']): AlertDetails => ({
  id,
  state,
  kind: 'at_risk',
  openedAt: 0,
  asOf: 0,
  reason: 'Usage 30',
  account: { key: 1, id: 'acme', name: 'Acme' },
  about: {},
  verdict: 'at_risk',
  isMuted: false,
  stepsTaken: 0,
  verdicts: [],
  nameOf: email => email,
})

it.each([false, true])('counts in every edit of a digest what is unclaimed (named above: %s)', isNamedAbove => {
  const posted = digest(isNamedAbove)
  expect(JSON.stringify(posted)).toContain('Unclaimed alerts (5)')
  expect(alertsInNews(newsOf(isNamedAbove))).toEqual(ids)

  // the fifth has no line of its own
  const claimed = ['1', '5', '5'].reduce((card, id) => withAlertState(card, alert(id, 'claimed')), posted)
  expect(JSON.stringify(claimed)).toContain('Unclaimed alerts (3)')
  expect(JSON.stringify(claimed)).toContain('; 2 claimed or closed since')

  const released = ['1', '5'].reduce((card, id) => withAlertState(card, alert(id, 'open')), claimed)
  expect(JSON.stringify(released)).toContain('Unclaimed alerts (5)')
  expect(JSON.stringify(released)).not.toContain('since"')
})
