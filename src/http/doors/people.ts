import { openPeople, SENT_PERSON } from '../../ingest/http/receive-people.ts'
import { releaseReachable } from '../../work/people/release-reachable.ts'
import { audited } from './audited.ts'
import { rowsDoor } from './rows-door.ts'

export const peopleDoor = rowsDoor({
  path: '/v1/people',
  scope: 'people:write',
  summary: 'Adds and updates people on your side',
  noun: 'person',
  schema: SENT_PERSON,
  open: openPeople,
  async afterwards(context, received, caller, now) {
    await audited('import.people')(context, received, caller, now)
    await releaseReachable(context.connection.db, now)
  },
})
