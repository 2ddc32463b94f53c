import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ClockWatch, watchClock } from '../../src/process/clock-watch.ts'

let wall = 0
let passed = 0
let watch: ClockWatch

beforeEach(() => {
  wall = Date.UTC(2026, 0, 1)
  passed = 0
  watch = watchClock(
    () => wall,
    () => passed,
  )
})

afterEach(() => watch.stop())

function pass(milliseconds: number) {
  wall += milliseconds
  passed += milliseconds
}

it.each([
  ['ahead', 6 * 3_600_000],
  ['back', -120_000],
])('notices a clock that is put %s, and remembers it for an hour', (_, by) => {
  pass(10_000)
  wall += by
  expect(watch.newestJump()).toEqual({ by, ago: 0 })

  pass(50 * 60_000)
  expect(watch.newestJump()).toEqual({ by, ago: 50 * 60_000 })

  pass(11 * 60_000)
  expect(watch.newestJump()).toBeUndefined()
})

it('is silent about a clock that goes right, or is corrected by a little', () => {
  pass(86_400_000)
  wall += 2_000

  expect(watch.newestJump()).toBeUndefined()
})
