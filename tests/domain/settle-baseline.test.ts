import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/domain/scoring/evaluate.ts'
import { numberModel, tellDays, verdicts } from '../support/world-of-scores-days.ts'
import { accountOf, NOW, signal } from '../support/world-of-scores-in-memory.ts'

const model = numberModel(
  '{dwell: 2, margin: 5, sharp_drop: {points: 15, over: 2d}}',
  'expansion: {when: {score: true, at_least: 80}, held_for: 1d}',
)

describe('the first verdict', () => {
  it.each(['39', '90', 'x', '39*'])('is silent when the first score is %s', course => {
    expect(tellDays(model, course)).toMatchObject([{ transitions: [] }])
  })

  it('opens no alert, however sharp the drop and however low the score', () => {
    const account = accountOf([signal('number', 2, 90), signal('number', 0, 20)])

    const { status, alerts, transitions } = evaluate(model, account, { earlier: [], alerts: [] }, NOW)

    expect(status).toMatchObject({ verdict: 'at_risk', hasSharpDrop: true })
    expect({ alerts, transitions }).toEqual({ alerts: { open: [], resolve: [] }, transitions: [] })
  })

  it('may find an account ready to expand, silently', () => {
    const account = accountOf([signal('number', 1, 90), signal('number', 0, 90)])

    const { status, transitions } = evaluate(model, account, { earlier: [], alerts: [] }, NOW, 'scheduled')

    expect(status.expansionReady).toBe(true)
    expect(transitions).toEqual([])
  })

  it('counts as the first scoring of a run', () => {
    const transitions = tellDays(model, '72 69 69').map(told => told.transitions.length)

    expect(transitions).toEqual([0, 0, 1])
  })

  it('made between scheduled scorings counts in no run', () => {
    expect(verdicts(model, '72* 69 69')).toBe('H H A')
    expect(verdicts(model, '65* 75 75')).toBe('A A H')
  })
})
