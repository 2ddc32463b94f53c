import { openAccounts, SENT_ACCOUNT } from '../../ingest/http/receive-accounts.ts'
import { audited } from './audited.ts'
import { rowsDoor } from './rows-door.ts'

export const accountsDoor = rowsDoor({
  path: '/v1/accounts',
  scope: 'accounts:write',
  summary: 'Adds and updates accounts',
  noun: 'account',
  schema: SENT_ACCOUNT,
  open: openAccounts,
  afterwards: audited('import.accounts'),
})
