import type { Clock } from '../../../src/clock.ts'
import type { Answer } from '../inbound/answer.ts'

const WHILE = 120_000

/** Teams repeats an invoke that was not answered in time: the second gets the same answer, and nothing is done twice. */
export type Repeats = { answer(delivery: string, first: () => Promise<Answer>): Promise<Answer> }

export function createRepeats(clock: Clock): Repeats {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>()
  return {
    async answer(delivery, first) {
      // the oldest come first
      for (const [id, { at }] of known) {
        if (Math.abs(clock() - at) <= WHILE) break
        known.delete(id)
      }
      const before = known.get(delivery)
      if (before !== undefined) {
        const { status, body } = await before.answer
        return { status, body }
      }
      const answer = first()
      known.set(delivery, { at: clock(), answer })
      return answer
    },
  }
}
