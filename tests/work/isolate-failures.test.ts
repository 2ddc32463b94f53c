import { expect, it } from 'vitest'
import { silentLog } from '../../src/log.ts'
import { claimLost } from '../../src/store/claims/claims.ts'
import { isolateFailures } from '../../src/work/schedule/isolate-failures.ts'

const failing = (error: Error) => async () => {
  throw error
}
const coded = (code: string) => Object.assign(new Error(code), { code })

/** Each of three is tried, the second with this failure. */
async function tryThree(failure: Error) {
  const attempts = isolateFailures()
  const done: string[] = []
  const work = (name: string) => async () => {
    done.push(name)
  }
  await attempts.attempt('one', work('one'))
  await attempts.attempt('two', failing(failure))
  await attempts.attempt('three', work('three'))
  return { done, ...attempts }
}

it('does the others where one fails, and then says which one', async () => {
  const { done, report } = await tryThree(coded('ERR_INVALID_ARG_TYPE'))

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
  const { endSlot } = await tryThree(coded(code))

  const end = () => endSlot(silentLog)
  if (isAgain) expect(end).toThrow('not done: two')
  else end()
})

it('stops where the database is out of reach, since the others would only wait', async () => {
  await expect(tryThree(coded('ECONNREFUSED'))).rejects.toThrow('ECONNREFUSED')
})

it('stops where another process has taken over, since the others are for that one to do', async () => {
  await expect(tryThree(claimLost({ name: 'morning UTC' }))).rejects.toThrow('Another process took over')
})
