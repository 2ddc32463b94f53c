import { expect, it } from 'vitest'
import type { AlertDetails } from '../../src/domain/alerts/alert-details.ts'
import { checkModel } from '../../src/model/load.ts'
import { alertCard } from '../../src/views/alerts/alert-card.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

const { model } = checkModel(SMALL_MODEL)
if (model === undefined) throw new Error('the small model is valid')

const alert: AlertDetails = {
  id: '1',
  kind: 'sharp_drop',
  state: 'open',
  openedAt: Date.parse('2026-11-02T06:00:00Z'),
  asOf: Date.parse('2026-11-02T06:00:00Z'),
  reason: '2 of 40 seats used',
  driver: 'usage',
  account: { key: 1, id: 'acme', name: 'Acme' },
  about: {},
  verdict: 'attention',
  shown: 58,
  change: -25,
  isMuted: false,
  stepsTaken: 0,
  verdicts: [],
  nameOf: email => email,
}
const said = (alert: AlertDetails) => JSON.stringify(alertCard(model, alert, { showArr: false }))

it('says how far the score fell', () => {
  expect(said(alert)).toContain('-25 in 30 days')
})

it('asks what the model says to ask after a fall, never of an account that is ready to grow', () => {
  expect(said(alert)).toContain('Ask: Who stopped?')
  expect(said({ ...alert, kind: 'expansion_ready' })).not.toContain('Ask:')
})
