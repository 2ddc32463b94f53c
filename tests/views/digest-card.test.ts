import { expect, it } from 'vitest'
import type { DigestItem } from '../../src/domain/digest.ts'
import { checkModel } from '../../src/model/load.ts'
import { digestCard } from '../../src/views/digest-card.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

it('counts one as one and two as many', () => {
  const { model } = checkModel(SMALL_MODEL)
  if (model === undefined) throw new Error('the small model is valid')
  const head = { name: 'morning', at: 0, date: '2026-11-02', showArr: false, isLate: false }
  const account = { id: 'acme', name: 'Acme', verdict: 'attention', expansionReady: false, reason: '', alerts: [] }
  const item: DigestItem = { account: { ...account, overdue: [], isPulseDue: false } }
  const kinds = ['sharp_drops', 'renewals', 'unclaimed_alerts', 'overdue_tasks', 'pulses_due'] as const
  const saidOf = (items: readonly DigestItem[]) => {
    const sections = kinds.map(kind => ({ kind, items }))
    return digestCard(model, head, { sections, unchanged: 0, otherwise: 0, total: 1 }).summary
  }

  expect(saidOf([item])).toContain('1 sharp drop, 1 renewal to watch, 1 unclaimed alert, 1 overdue task, 1 pulse due')
  expect(saidOf([item, item])).toContain('2 sharp drops, 2 renewals to watch, 2 unclaimed alerts')
})

it('names the kind of an alert that nobody has claimed, so that two of one account differ', () => {
  const { model } = checkModel(SMALL_MODEL)
  if (model === undefined) throw new Error('the small model is valid')
  const head = { name: 'morning', at: 3 * 86_400_000, date: '2026-11-02', showArr: false, isLate: false }
  const rest = { reason: 'Usage 30', openedAt: 0, isSnoozed: false }
  const alerts = [
    { id: '1', kind: 'at_risk', ...rest },
    { id: '2', kind: 'sharp_drop', ...rest },
  ]
  const account = { id: 'acme', name: 'Acme', verdict: 'at_risk', expansionReady: false, reason: '', alerts }
  const items = alerts.map(alert => ({ account: { ...account, overdue: [], isPulseDue: false }, alert }))
  const sections = [{ kind: 'unclaimed_alerts' as const, items }]

  const said = JSON.stringify(digestCard(model, head, { sections, unchanged: 1, otherwise: 0, total: 1 }))

  expect(said).toContain('At risk · opened 1970-01-01, 3 days ago')
  expect(said).toContain('Sharp drop · opened 1970-01-01, 3 days ago')
})
