import type { Log } from '../../log.ts'
import { type Bid, type Claim, isTakenOver, lapseClaim, renewClaim, takeClaim } from '../../store/claims/claims.ts'
import { countInstances } from '../../store/claims/instances.ts'
import { startRenewing } from '../../store/claims/renewing.ts'
import type { Connection } from '../../store/engine/engine.ts'
import type { Work } from './repeating.ts'

export type Turns = {
  /** The same work, done by one instance at a time; it returns whether all went well. */
  of(name: string, work: () => Promise<boolean>): Work
  /** Asks again for turns that another instance had, since it may be gone. */
  askAgain(): void
  /** Lets another instance take over at once. */
  leave(): Promise<void>
}

/** Milliseconds until an instance asks again for a turn that another one has, unless that one's turn lapses before. */
const ASK_EVERY = 5_000

/** Milliseconds until failed work is tried again, at first and at most: they double each time. */
const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 16_000

/**
 * For work that repeats: of several instances one does it, the same one until it is gone, so that the others
 * only ask for their turn. An instance whose work fails may be the cause itself, so it passes its turn on.
 * An instance that has its database to itself need not ask.
 */
export function turnsOn({ db, engine }: Connection, holder: string, log: Log): Turns {
  const held = new Map<string, { readonly claim: Claim; end(): void }>()
  const askAt = new Map<string, number>()
  return {
    of(name, work) {
      const bid = { kind: 'job', name: `round ${name}`, holder } as const
      let [failures, notBefore] = [0, -Infinity]
      return async () => {
        if (engine.isShared && (performance.now() < notBefore || !(await isOurTurn(bid)))) return undefined
        const isWell = await work().catch(error => {
          log.error({ err: error, job: name }, 'a job failed')
          return false
        })
        failures = isWell ? 0 : failures + 1
        if (isWell) return undefined
        const pause = Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
        if (engine.isShared && (await isPassedOn(bid).catch(() => false))) notBefore = performance.now() + pause
        return pause
      }
    },
    askAgain: () => askAt.clear(),
    async leave() {
      const turns = [...held.values()]
      for (const { end } of turns) end()
      await Promise.all(turns.map(({ claim }) => lapseClaim(db, claim)))
    },
  }

  /** A turn is renewed between the rounds too. */
  async function isOurTurn(bid: Bid): Promise<boolean> {
    const turn = held.get(bid.name)
    if (turn !== undefined && (await isKept(turn.claim))) return true
    turn?.end()
    held.delete(bid.name)
    if (performance.now() < (askAt.get(bid.name) ?? 0)) return false
    const claim = await takeClaim(db, bid)
    if (claim === undefined) askAt.set(bid.name, performance.now() + ASK_EVERY)
    else held.set(bid.name, { claim, ...startRenewing(db, claim) })
    return claim !== undefined
  }

  /** To the first other instance that asks, if there is one. */
  async function isPassedOn({ name }: Bid): Promise<boolean> {
    const turn = held.get(name)
    if (turn === undefined || (await countInstances(db)) < 2) return false
    turn.end()
    held.delete(name)
    await lapseClaim(db, turn.claim)
    return true
  }

  async function isKept(claim: Claim): Promise<boolean> {
    try {
      await renewClaim(db, claim)
      return true
    } catch (error) {
      if (isTakenOver(error)) return false
      throw error
    }
  }
}
