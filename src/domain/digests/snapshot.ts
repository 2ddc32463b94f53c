import type { Role } from '../model/model.ts'
import type { Verdict } from '../scoring/settle.ts'
import type { Heard } from './announced.ts'

/** What a digest of an earlier version announced: how every account stood. */
export type Snapshot = {
  readonly model: string
  readonly verdicts: Readonly<Record<string, { readonly verdict: Verdict; readonly role?: Role }>>
  readonly ready: readonly string[]
  readonly alerts: readonly string[]
  /** Accounts, and tasks by their ids. The oldest digests have none of the three. */
  readonly renewals?: readonly string[]
  readonly pulses?: readonly string[]
  readonly overdue?: readonly string[]
  /** The newest change of a status that was known. */
  readonly baseline?: number
}

export function heardIn({ model, verdicts, ready, alerts, renewals, pulses, overdue }: Snapshot): Heard {
  const isReady = new Set(ready)
  const sets = { alerts: setOf(alerts), renewals: setOf(renewals), pulses: setOf(pulses), overdue: setOf(overdue) }
  return {
    model,
    statusOf: account => {
      const known = verdicts[account]
      return known && { ...known, expansionReady: isReady.has(account) }
    },
    isNew: (what, id) => sets[what]?.has(id) === false,
  }
}

function setOf(ids: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return ids && new Set(ids)
}
