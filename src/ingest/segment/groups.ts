import type { Instant } from '../../domain/time/instant.ts'
import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { readTraitTimes, saveTraitTimes } from '../../store/sources/trait-times.ts'
import { finiteIn } from '../cells/values.ts'
import type { Intake } from '../http/intake.ts'
import type { SentRow } from '../http/sent-row.ts'

/** What a group call says of an account. */
export type GroupCall = {
  readonly sent: Pick<SentRow, 'index' | 'row'>
  readonly accountId: string
  readonly traits: Readonly<Record<string, unknown>>
  readonly at: Instant
}

/** Makes and updates accounts. Of each trait the newest word stays, in whatever order and however often they come. */
export async function takeGroups({ db }: Connection, calls: readonly GroupCall[], accounts: Intake): Promise<void> {
  if (calls.length === 0) return
  const ids = [...new Set(calls.map(({ accountId }) => accountId))]
  const before = await findAccountKeys(db, ids)
  const times = await readTraitTimes(db, [...before.values()])
  const said = new Map(ids.map(id => [id, new Map(times.get(before.get(id) ?? 0))]))
  const rows: SentRow[] = []
  for (const { sent, accountId, traits, at } of calls.toSorted((a, b) => a.at - b.at)) {
    const known = said.get(accountId) ?? new Map<string, Instant>()
    const fields = fieldsOf(traits).filter(([trait]) => at >= (known.get(trait) ?? at))
    for (const [trait] of fields) known.set(trait, at)
    // An account that nobody has named yet is called by its id.
    const name = before.has(accountId) || known.has('name') ? {} : { name: accountId }
    rows.push({ ...sent, sent: { value: { ...name, ...Object.fromEntries(fields), id: accountId } } })
  }
  await accounts.take(rows)
  const keys = await findAccountKeys(db, ids)
  await saveTraitTimes(
    db,
    [...said].flatMap(([id, traits]) => {
      const account = keys.get(id)
      const earlier = times.get(account ?? 0)
      return account === undefined
        ? []
        : [...traits].flatMap(([trait, at]) => (earlier?.get(trait) === at ? [] : [{ account, trait, at }]))
    }),
  )
}

/** Segment's own names of what Rounds knows by another. */
const MEANT: Readonly<Record<string, string>> = { createdAt: 'created_on', created_at: 'created_on' }

/** Plain traits only: a list or an object is not an attribute. */
function fieldsOf(traits: GroupCall['traits']): [string, unknown][] {
  return Object.entries(traits).flatMap(([written, value]): [string, unknown][] => {
    const trait = MEANT[written] ?? written
    const isKept = typeof value !== 'object' || value === null
    if (!isKept || trait.trim().toLowerCase() === 'id') return []
    if (trait === 'name') return value === null || value === '' ? [] : [[trait, String(value)]]
    if (trait === 'arr' && typeof value === 'string') return [[trait, finiteIn(value) ?? value]]
    return [[trait, trait === 'created_on' && typeof value === 'number' ? dayIn(value) : value]]
  })
}

/** Seconds or milliseconds since 1970. */
function dayIn(value: number): string {
  const instant = Math.abs(value) < 1e11 ? value * 1_000 : value
  return Math.abs(instant) <= 8.64e15 ? new Date(instant).toISOString() : String(value)
}
