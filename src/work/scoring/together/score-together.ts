import { setTimeout as sleep } from 'node:timers/promises'
import type { ListedAccount } from '../../../store/accounts/account-list.ts'
import { type Claim, underClaim } from '../../../store/claims/claims.ts'
import { countShards } from '../../../store/claims/shards.ts'
import type { Connection } from '../../../store/engine/engine.ts'
import { BLOCK, blockOf } from '../../../store/engine/packs/block.ts'
import { beginRun, endRun, openRunOrNone, type RunFacts, type SharedRun } from '../../../store/scoring/shared-runs.ts'
import type { Db } from '../../../store/tables.ts'
import { passOf, type ScoringResult } from '../score-batch.ts'
import type { ScoringRun } from '../scoring-run.ts'
import { scoreShards } from './score-shards.ts'
import { settingsMark } from './settings-mark.ts'

/** Milliseconds between two checks whether the others are done. */
const CHECK_EVERY = 50

/** Fewer are scored before another instance notices that there is work. */
const WORTH_SHARING = 2 * BLOCK

export function isWorthSharing(customers: readonly ListedAccount[]): boolean {
  return customers.length > WORTH_SHARING
}

type HeldRun = ScoringRun & { readonly claim: Claim }

/**
 * Divides a scoring into shards, takes one after the other until none is left, waits for those that other instances took,
 * and ends the run. A run for the same instant that a lost process began is resumed.
 */
export async function scoreTogether(
  { db, engine }: Pick<Connection, 'db' | 'engine'>,
  run: HeldRun,
  facts: RunFacts,
  customers: readonly ListedAccount[],
): Promise<ScoringResult> {
  const { claim, ...work } = run
  const shared = await beginOrResume(db, run, facts, customers)
  const pass = passOf(work, shared.facts)
  while ((await countShards(db, shared.key)) > 0) {
    const scored = await scoreShards({ db, engine }, pass, { run: shared.key, holder: claim.holder })
    if (scored === 0) await sleep(CHECK_EVERY)
  }
  return underClaim(db, claim, db => endRun(db, shared.key))
}

function beginOrResume(
  db: Db,
  { at, purpose, accounts, claim, model, routes }: HeldRun,
  facts: RunFacts,
  customers: readonly ListedAccount[],
): Promise<SharedRun & { readonly key: number }> {
  const wanted = { at, purpose, accounts, settings: settingsMark(model, routes) }
  const shards = [...new Set(customers.map(({ key }) => blockOf(key)))]
  return underClaim(db, claim, async db => {
    const open = await openRunOrNone(db)
    if (open !== undefined && isSame(open, wanted)) return open
    return { ...wanted, facts, key: await beginRun(db, { ...wanted, facts }, shards) }
  })
}

type Wanted = Omit<SharedRun, 'facts'>

function isSame(open: Wanted, wanted: Wanted): boolean {
  return (['at', 'purpose', 'accounts', 'settings'] as const).every(name => open[name] === wanted[name])
}
