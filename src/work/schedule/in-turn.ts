import { type Bid, type Claim, isTakenOver, keep, leave, take } from '../../store/claims/claims.ts'
import { renewed } from '../../store/claims/renewing.ts'
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
  const held = new Map<string, { readonly claim: Claim; end(): void }>()
  return {
    of(name, work) {
      if (!engine.isShared) return work
      return async () => {
        if (await isOurTurn({ kind: 'job', name: `round ${name}`, holder })) await work()
      }
    },
    async leave() {
      for (const { claim, end } of held.values()) {
        end()
        await leave(db, claim)
      }
    },
  }

  /** A turn that was got is renewed between the rounds too. */
  async function isOurTurn(bid: Bid): Promise<boolean> {
    const turn = held.get(bid.name)
    if (turn !== undefined && (await isKept(turn.claim))) return true
    turn?.end()
    held.delete(bid.name)
    const claim = await take(db, bid)
    if (claim !== undefined) held.set(bid.name, { claim, ...renewed(db, claim) })
    return claim !== undefined
  }

  async function isKept(claim: Claim): Promise<boolean> {
    try {
      await keep(db, claim)
      return true
    } catch (error) {
      if (isTakenOver(error)) return false
      throw error
    }
  }
}
