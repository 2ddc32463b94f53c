import { type Bid, type Claim, isTakenOver, keep, leave, take } from '../../store/claims/claims.ts'
import { renewing } from '../../store/claims/renewing.ts'
import type { Connection } from '../../store/engine/engine.ts'

export type Turns = {
  /** The same work, done by one instance at a time. */
  of(name: string, work: () => Promise<void>): () => Promise<void>
  /** Lets another instance go on at once. */
  leave(): Promise<void>
}

/**
 * What is done round after round: of several instances one does it, the same one until it is gone, so that the others
 * ask for nothing but their turn. Where an instance has its database for itself there is nothing to ask.
 */
export function turnsOn({ db, engine }: Connection, holder: string): Turns {
  const held = new Map<string, Claim>()
  return {
    of(name, work) {
      if (!engine.isShared) return work
      return async () => {
        const claim = await keepOrTake({ kind: 'job', name: `round ${name}`, holder }, held.get(name))
        if (claim === undefined) return void held.delete(name)
        held.set(name, claim)
        await renewing(db, claim, work)
      }
    },
    async leave() {
      for (const claim of held.values()) await leave(db, claim)
    },
  }

  async function keepOrTake(bid: Bid, claim: Claim | undefined): Promise<Claim | undefined> {
    if (claim === undefined) return take(db, bid)
    try {
      await keep(db, claim)
      return claim
    } catch (error) {
      if (!isTakenOver(error)) throw error
      return take(db, bid)
    }
  }
}
