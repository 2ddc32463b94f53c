import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLog } from '../../src/log.ts'
import { atMostHalfTheTime, repeating } from '../../src/work/schedule/repeating.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const log = createLog('silent')

it('goes on working when the clock is put back or forward', async () => {
  const work = vi.fn(async () => {})
  const repeated = repeating(log, 'slots', 20_000, work)

  for (const hours of [-2, 5]) {
    work.mockClear()
    vi.setSystemTime(Date.now() + hours * 3_600_000)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(work).toHaveBeenCalledTimes(3)
  }
  await repeated.stop()
})

it('works again as soon as its work asks for, and then as ever', async () => {
  const work = vi.fn(async () => (work.mock.calls.length === 1 ? 2_000 : undefined))
  const repeated = repeating(log, 'slots', 20_000, work)

  repeated.wake()
  await vi.advanceTimersByTimeAsync(1_999)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(work).toHaveBeenCalledTimes(2)

  await vi.advanceTimersByTimeAsync(17_999)
  expect(work).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(1)
  expect(work).toHaveBeenCalledTimes(3)
  await repeated.stop()
})

it('never does its work twice at once, and once more for the person who woke it meanwhile', async () => {
  const ends: (() => void)[] = []
  const work = vi.fn(() => new Promise<void>(resolve => ends.push(resolve)))
  const repeated = repeating(log, 'slots', 20_000, work)

  for (let press = 0; press < 5; press += 1) repeated.wake()
  expect(work).toHaveBeenCalledTimes(1)

  ends[0]?.()
  await vi.advanceTimersByTimeAsync(0)
  expect(work).toHaveBeenCalledTimes(2)

  const stopped = repeated.stop()
  ends[1]?.()
  await stopped
  await vi.advanceTimersByTimeAsync(60_000)
  expect(work).toHaveBeenCalledTimes(2)
})

it('tries again after a failure', async () => {
  const work = vi.fn(async () => Promise.reject(new Error('the database is busy')))
  const repeated = repeating(log, 'slots', 20_000, work)

  await vi.advanceTimersByTimeAsync(40_000)

  expect(work).toHaveBeenCalledTimes(2)
  await repeated.stop()
})

it('rests as long as a long run took, and not at all after a short one', async () => {
  const work = vi.fn((lasts: number) => vi.advanceTimersByTimeAsync(lasts).then(() => {}))
  const paced = atMostHalfTheTime(1_500, work)

  await paced(1_000)
  await paced(8_000)
  await vi.advanceTimersByTimeAsync(7_999)
  await paced(1)
  expect(work).toHaveBeenCalledTimes(2)

  await vi.advanceTimersByTimeAsync(1)
  await paced(1)
  expect(work).toHaveBeenCalledTimes(3)
})
