import type { Announced, ChangesKnown, DigestView } from '../../domain/digests/announced.ts'
import type { StatusChange } from '../../domain/digests/digest-account.ts'
import { attributesOfFilter } from '../../domain/digests/filter-attributes.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { type AttributeChange, readAttributeChanges } from '../../store/accounts/attribute-changes.ts'
import type { AnnouncedRun } from '../../store/digests/digest-runs.ts'
import { readStatusChanges } from '../../store/scoring/statuses/status-changes.ts'
import type { Db } from '../../store/tables.ts'

/** What changed since a channel heard of it, by the account's key; and what is later than the digest that is built. */
export type Unheard = {
  readonly statuses: ReadonlyMap<number, readonly StatusChange[]>
  readonly attributes: ReadonlyMap<number, readonly AttributeChange[]>
}

export async function readUnheard(
  db: Db,
  last: AnnouncedRun | undefined,
  known: ChangesKnown,
  at: Instant,
): Promise<Unheard> {
  if (last?.announced === undefined) {
    const after = last === undefined ? known.statuses : (last.snapshot.baseline ?? 0)
    return { statuses: await readStatusChanges(db, { after, later: at }), attributes: new Map() }
  }
  const { statuses, attributes } = last.announced.known
  return {
    statuses: await readStatusChanges(db, { after: statuses, later: last.slot }),
    attributes: await readAttributeChanges(db, attributes),
  }
}

/** Whether what a digest has to say is found by what changed: it looks at accounts as the one did that was heard. */
export function isToldByChanges(heard: Announced | undefined, view: DigestView, version: string): boolean {
  const isFound =
    view.filter === undefined || (heard?.total !== undefined && attributesOfFilter(view.filter) !== undefined)
  return isFound && heard?.model === version && JSON.stringify(heard.view) === JSON.stringify(view)
}
