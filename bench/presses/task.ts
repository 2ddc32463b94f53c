import type { Company } from './company.ts'
import type { Counted } from './person.ts'

/** One thing that somebody does in their day, and how little it should take. */
export type PressTask = {
  readonly name: string
  /** Before this was counted. */
  readonly was: string
  readonly goal: { readonly presses: number; readonly seconds?: number }
  /** Throws where it did not come to its end. */
  readonly does: (company: Company, person: Counted) => Promise<void>
}
