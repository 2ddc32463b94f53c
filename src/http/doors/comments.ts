import { openComments, SENT_COMMENT } from '../../ingest/http/receive-comments.ts'
import { audited } from './audited.ts'
import { rowsDoor } from './rows-door.ts'

export const commentsDoor = rowsDoor({
  path: '/v1/comments',
  scope: 'comments:write',
  summary: 'Adds what customers said',
  noun: 'comment',
  schema: SENT_COMMENT,
  open: openComments,
  afterwards: audited('import.comments'),
})
