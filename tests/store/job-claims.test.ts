import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Connection } from '../../src/store/engine/engine.ts'
import { isJobUnderWay, keepJob, leaveJob, takeJob } from '../../src/store/schedule/job-claims.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})
afterEach(() => connection.close())

const mine = { job: 'scoring', holder: 'service:1' }
const theirs = { job: 'scoring', holder: 'command:2' }
const moveClaims = (by: number) =>
  connection.db
    .updateTable('job_claims')
    .set(({ eb }) => ({ until: eb('until', '+', by) }))
    .execute()

it('a job is taken by one of a hundred that want it at once', async () => {
  const takes = Array.from({ length: 100 }, (_, n) =>
    takeJob(connection.db, { job: 'scoring', holder: `process ${n}` }),
  )

  expect((await Promise.all(takes)).filter(isTaken => isTaken)).toHaveLength(1)
})

it('a claim that lapsed is anybody’s, and its holder is told', async () => {
  expect(await takeJob(connection.db, mine)).toBe(true)
  await keepJob(connection.db, mine)
  expect(await takeJob(connection.db, theirs)).toBe(false)

  await moveClaims(-60_000)

  expect(await isJobUnderWay(connection.db, 'scoring')).toBe(false)
  expect(await takeJob(connection.db, theirs)).toBe(true)
  await expect(keepJob(connection.db, mine)).rejects.toMatchObject({ code: 'taken_over' })
})

it('a claim from before the clock was set back is void', async () => {
  await takeJob(connection.db, mine)

  await moveClaims(3_600_000)

  expect(await takeJob(connection.db, theirs)).toBe(true)
  await leaveJob(connection.db, theirs)
  expect(await isJobUnderWay(connection.db, 'scoring')).toBe(false)
})
