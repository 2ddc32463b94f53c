import { openOutcomes, SENT_OUTCOME } from '../../ingest/http/receive-outcomes.ts'
import { audited } from './audited.ts'
import { rowsDoor } from './rows-door.ts'

export const outcomesDoor = rowsDoor({
  path: '/v1/outcomes',
  scope: 'outcomes:write',
  summary: 'Adds what really happened: renewals and churn',
  noun: 'outcome',
  schema: SENT_OUTCOME,
  open: openOutcomes,
  afterwards: audited('import.outcomes'),
})
