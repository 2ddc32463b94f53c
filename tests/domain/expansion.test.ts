import { describe, expect, it } from 'vitest'
import type { Alert } from '../../src/domain/alerts/alert.ts'
import { evaluate } from '../../src/domain/scoring/evaluate.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { numberModel, tellDays } from '../support/world-of-scores-days.ts'
import { accountOf, NOW, signal } from '../support/world-of-scores-in-memory.ts'

const model = (dwell: number, heldFor = '1d') =>
  numberModel(
    `{dwell: ${dwell}, margin: 5, sharp_drop: {points: 100, over: 30d}}`,
    `expansion: {when: {score: true, at_least: 80}, held_for: ${heldFor}}`,
  )

const flags = (dwell: number, course: string, heldFor?: string) =>
  tellDays(model(dwell, heldFor), course)
    .map(({ ready }) => (ready ? 'y' : 'n'))
    .join(' ')

describe('ready to expand', () => {
  it.each([
    ['once the rule was held long enough', 2, '80 80 80', 'n y y'],
    ['not while it was not', 2, '80 79 80 80', 'n n n y'],
    ['at the line, without a margin', 2, '79 80 80', 'n n y'],
    ['and no longer at the second scoring without the rule', 2, '80 80 79 80 79', 'n y y n n'],
    ['at once no longer with a dwell of 1', 1, '80 80 79', 'n y n'],
    ['and at the third with a dwell of 3', 3, '80 80 79 79 79', 'n y y y n'],
    ['again as soon as it holds', 2, '80 80 79 79 80 80', 'n y y n n y'],
    ['by what the top band is not: it asks more', 2, '75 75 75', 'n n n'],
    ['untouched by scorings in between', 2, '80 80 60* 60*', 'n y y y'],
    ['not counting days without a scoring', 2, '80 80 - - 79', 'n y y'],
    ['not before dwell scheduled scorings, if it was so at first', 2, '80- 80* 79 79', 'y y n'],
    ['no longer when nothing is known', 2, '80 80 x x', 'n y y n'],
  ])('%s', (_, dwell, course, told) => {
    expect(flags(dwell, course)).toBe(told)
  })

  it('needs all of the 15 instants of 14 days', () => {
    const eighty = (days: number) => Array.from({ length: days }, () => '80').join(' ')

    expect(flags(2, eighty(15), '14d').endsWith('n y')).toBe(true)
    expect(flags(2, eighty(14), '14d').endsWith('n n')).toBe(true)
  })

  it('comes and goes as a transition', () => {
    const told = tellDays(model(1), '80 80 79').map(({ transitions }) => transitions)

    expect(told).toMatchObject([
      [],
      [{ kind: 'expansion_ready', from: 'not_ready', to: 'ready' }],
      [{ kind: 'expansion_ready', from: 'ready', to: 'not_ready' }],
    ])
  })

  it('is no rule of a model that does not have it', () => {
    expect(tellDays(numberModel('{dwell: 1}'), '100 100 100').map(({ ready }) => ready)).toEqual([false, false, false])
  })
})

describe('an open alert that the rule asks about', () => {
  const rule = numberModel('{dwell: 2}', 'expansion: {when: {not: {alert: at_risk, is: open}}, held_for: 2d}')
  const account = accountOf([signal('number', 0, 90)])
  const alert = (opened: number, resolved?: number): Alert => ({
    ...{ id: '1', kind: 'at_risk', state: resolved === undefined ? 'open' : 'resolved', reason: 'So' },
    openedAt: NOW - opened * DAY,
    ...(resolved !== undefined && { resolvedAt: NOW - resolved * DAY }),
  })

  it.each([
    ['keeps it from holding', [alert(1)], false],
    ['keeps it from holding when it was open on a day that counts', [alert(9, 1.5)], false],
    ['does not matter before those days', [alert(9, 2)], true],
    ['of another kind does not matter', [{ ...alert(1), kind: 'sharp_drop' as const }], true],
  ])('%s', (_, alerts, ready) => {
    const { status } = evaluate(rule, account, { earlier: [], alerts }, NOW)

    expect(status.expansionReady).toBe(ready)
  })
})
