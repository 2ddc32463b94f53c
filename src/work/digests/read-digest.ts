import { type Announced, announcedBy, type DigestView, type Heard } from '../../domain/digests/announced.ts'
import { attributesOfFilter } from '../../domain/digests/filter-attributes.ts'
import { heardIn } from '../../domain/digests/snapshot.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Digest } from '../../model/digests.ts'
import type { Settings } from '../../model/settings.ts'
import { newestAttributeChange } from '../../store/accounts/attribute-changes.ts'
import { accountsChangedByTime } from '../../store/digests/accounts-changed-by-time.ts'
import { readAlerts } from '../../store/digests/digest-alerts.ts'
import { readOverdueTasks } from '../../store/digests/digest-duties.ts'
import { lastAnnouncedOrNone } from '../../store/digests/digest-runs.ts'
import { countStatuses, readStatuses } from '../../store/digests/digest-statuses.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { modelOfCurrentStatus } from '../../store/scoring/statuses/current-status.ts'
import { modelOfStatusChanges, newestStatusChange } from '../../store/scoring/statuses/status-changes.ts'
import { heardSince, type LookedAt } from './heard-since.ts'
import { knownAttributes, readValues } from './known-attributes.ts'
import { lookAtAccounts } from './look-at-accounts.ts'
import { isToldByChanges, readUnheard } from './unheard.ts'

/** What a digest is made of. */
export type DigestFacts = {
  /** The version of the model in use. */
  readonly version: string
  /** Those of which there may be something to say, or all that its filter takes in. */
  readonly accounts: readonly LookedAt[]
  readonly total: number
  readonly heard: Heard | undefined
  /** What the digest will have announced to the channel. */
  readonly announces: Announced
}

/**
 * Reads what a digest is made of: the accounts of which something changed since its channel heard of them, or of which
 * time made news; all of them where it never heard, or they were looked at in another way then.
 */
export async function readDigest(
  connection: Connection,
  { model, routes }: Settings,
  digest: Digest,
  at: Instant,
): Promise<DigestFacts> {
  const { db } = connection
  const view = viewOf(digest, model.version, routes.pulse_cadence)
  // A model that the settings hold and that has not scored yet has made no verdict.
  const version = (await modelOfStatusChanges(db, at)) ?? (await modelOfCurrentStatus(db, at)) ?? model.version
  const known = { statuses: await newestStatusChange(db), attributes: await newestAttributeChange(db) }
  const last = await lastAnnouncedOrNone(db, digest.name, digest.to, at)
  const unheard = await readUnheard(db, last, known, at)
  const duties = { alerts: await readAlerts(db, at), overdue: await readOverdueTasks(db, at) }
  const isWhole = digest.kind === 'portfolio' || !isToldByChanges(last?.announced, view, version)
  const some = async (since: Instant) =>
    inOrder([
      ...[unheard.statuses, unheard.attributes, duties.alerts, duties.overdue].flatMap(of => [...of.keys()]),
      ...(await accountsChangedByTime(db, since, at, view)),
    ])
  const roleOf = (verdict: string) => model.bands.find(({ id }) => id === verdict)?.role
  const asked = isWhole || last === undefined ? 'all' : await some(last.slot)
  const statuses = await readStatuses(db, asked, unheard.statuses, { at, newest: known.statuses, roleOf })
  const keys = asked === 'all' ? statuses.map(({ key }) => key) : asked
  const values = await readValues(db, keys, attributesAsked([view, last?.announced?.view]))
  const now = { model, view, at, known: knownAttributes(values, at), duties }
  const accounts = await lookAtAccounts(connection, statuses, now)
  const then = knownAttributes(values, last?.slot ?? at, unheard.attributes)

  const wasThere = (key: number) => {
    const [first] = unheard.statuses.get(key) ?? []
    const hadStatus = first === undefined ? isPresent.has(key) : first.before !== undefined
    return hadStatus && then.isIn(view.filter, key)
  }
  const isPresent = new Set(statuses.map(({ key }) => key))
  const total =
    asked === 'all'
      ? accounts.length
      : view.filter === undefined
        ? await countStatuses(db, at)
        : (last?.announced?.total ?? 0) + accounts.length - keys.filter(wasThere).length
  const heard =
    last === undefined
      ? undefined
      : last.snapshot !== undefined
        ? heardIn(last.snapshot)
        : await heardSince(db, last, accounts, then)
  return {
    version,
    accounts,
    total,
    heard,
    announces: announcedBy(accounts, { model: version, view, known, total }, at),
  }
}

function viewOf({ filter }: Digest, model: string, cadence: DigestView['cadence']): DigestView {
  return { model, cadence, ...(filter !== undefined && { filter }) }
}

function attributesAsked(views: readonly (DigestView | undefined)[]): string[] {
  const filters = views.flatMap(view => view?.filter ?? [])
  return [...new Set(['renewal_on', 'owner', ...filters.flatMap(filter => attributesOfFilter(filter) ?? [])])]
}

function inOrder(keys: readonly number[]): number[] {
  return [...new Set(keys)].sort((a, b) => a - b)
}
