import { beforeEach, inject } from 'vitest'
import { TESTS_NOT_YET } from './postgres-not-yet.ts'

beforeEach(({ task, skip }) => {
  const postgres = inject('postgres')
  if ('problem' in postgres) skip(`PostgreSQL cannot run here: ${postgres.problem}`)
  const reason = TESTS_NOT_YET[task.name]
  if (reason !== undefined) skip(reason)
})
