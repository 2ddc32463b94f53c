import { expect, it } from 'vitest'
import { silentLog } from '../../src/log.ts'
import { isolateFailures } from '../../src/work/schedule/isolate-failures.ts'

const failing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code })
}

/** Each of three is tried, the second with the failure of this code. */
async function tryThree(code: string) {
  const attempts = isolateFailures()
  const done: string[] = []
  const work = (name: string) => async () => {
    done.push(name)
  }
  await attempts.attempt('one', work('one'))
  await attempts.attempt('two', failing(code))
  await attempts.attempt('three', work('three'))
  return { done, ...attempts }
}

it('does the others where one fails, and then says which one', async () => {
  const { done, report } = await tryThree('ERR_INVALID_ARG_TYPE')

  expect(done).toEqual(['one', 'three'])
  expect(report).toThrow('not done: two')
})

it('says nothing where all is done', async () => {
  const { attempt, report, endSlot } = isolateFailures()

  expect(await attempt('one', async () => {})).toBe(true)
  report()
  endSlot(silentLog)
})

it.each([
  ['again if the database was busy', 'SQLITE_BUSY', true],
  ['not again for what would fail again', 'ERR_INVALID_ARG_TYPE', false],
])('has a slot run %s', async (_, code, isAgain) => {
  const { endSlot } = await tryThree(code)

  const end = () => endSlot(silentLog)
  if (isAgain) expect(end).toThrow('not done: two')
  else end()
})

it('stops where the database is out of reach, since the others would only wait', async () => {
  await expect(tryThree('ECONNREFUSED')).rejects.toThrow('ECONNREFUSED')
})
