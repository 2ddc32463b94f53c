import type { Instant } from '../../domain/time/instant.ts'
import { parkedPeople, releaseParked } from '../../store/delivery/parked.ts'
import { userIdOrNone } from '../../store/people/platform-users.ts'
import type { Db } from '../../store/tables.ts'

/** What waits for people whose user id is known by now is tried again: an id that was imported opens a way. */
export async function releaseReachable(db: Db, now: Instant): Promise<void> {
  for (const way of await parkedPeople(db)) {
    if ((await userIdOrNone(db, way.platform, way.person)) !== undefined) await releaseParked(db, way, now)
  }
}
