import { describe, expect, it } from 'vitest'
import { type Course, every, happened, nightly, signalsOf } from '../../src/demo/course.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { MORNING, observed, presetModel } from '../support/story-days.ts'

/** Ten seats that were used for months, and not at all for so many days. */
function stoppedBefore(days: number): Course {
  const used = nightly(daysAgo => (daysAgo >= days ? 9 : 0))
  const metrics = ['active_users', 'logins', 'key_feature_uses', 'usage_minutes', 'engaged_actions', 'app_sessions']
  return {
    ...Object.fromEntries(metrics.map(metric => [metric, used])),
    seats: every(1, () => 10),
    nps: happened([[2, 0]]),
  }
}

function status(preset: string, days: number) {
  const account = observed(signalsOf('gone', stoppedBefore(days), MORNING), () => undefined)
  return assess(presetModel(preset), account, MORNING)
}

describe('a customer who stopped using the product', () => {
  it('is at risk on the first day, not unknown, though little more than its use is known', () => {
    const { score, isCovered } = status('saas', 30)

    expect([score?.band.role, isCovered]).toEqual(['at_risk', true])
  })

  const LEVELS: readonly [preset: string, measures: readonly string[]][] = [
    ['saas', ['login_rate', 'feature_depth', 'seat_use', 'user_breadth']],
    ['yourcx', ['login_rate', 'feature_depth', 'seat_use']],
    ['glossary', ['feature_depth', 'seat_use', 'user_breadth']],
    ['akita', ['login_rate', 'feature_depth', 'seat_use']],
    ['five-step', ['feature_depth', 'daily_time', 'seat_use', 'engaged']],
    ['four-metric', ['seat_use']],
    ['kpi-depot', ['seat_use']],
    ['financial-services', ['sessions']],
  ]

  it.each(LEVELS)('has a use of zero in %s, however long ago it stopped', (preset, ids) => {
    for (const days of [30, 110]) {
      const measures = status(preset, days)
        .components()
        .flatMap(({ measures }) => measures)
      for (const id of ids) {
        const found = measures.find(({ measure }) => measure.id === id)
        expect([id, days, found?.reading]).toEqual([id, days, expect.objectContaining({ state: 'present', value: 0 })])
      }
    }
  })
})
