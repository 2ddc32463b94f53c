import type { DecimalSign } from '../cells/numbers.ts'
import { amountIn, signsOf } from './amounts.ts'

type Example = { readonly line: number; readonly text: string }

/** Which decimal sign the numbers of one column speak for. */
export type AmountTally = {
  add(text: string, line: number): void
  /** The sign that some number can only be written with. */
  readonly evidence: DecimalSign | undefined
  /** `isForeign`: the file is written as where a comma stands before decimals. */
  decide(
    evidence: DecimalSign | undefined,
    isForeign?: boolean,
  ): { decimal: DecimalSign } | { decimal?: undefined; problem: string }
  readonly numbers: number
  readonly total: number
}

export function amountTally(): AmountTally {
  const counts = { '.': 0, ',': 0, either: 0, both: 0, neither: 0 }
  const examples = new Map<string, Example>()
  const evidence = () => {
    if (counts['.'] > 0 === counts[','] > 0) return undefined
    return counts['.'] > 0 ? '.' : ','
  }
  return {
    add(text, line) {
      const sign = signsOf(text)
      counts[sign] += 1
      if (!examples.has(sign)) examples.set(sign, { line, text })
    },
    get evidence() {
      return evidence()
    },
    get numbers() {
      return counts['.'] + counts[','] + counts.either + counts.both
    },
    get total() {
      return counts['.'] + counts[','] + counts.either + counts.both + counts.neither
    },
    decide(ofOthers, isForeign = false) {
      const own = evidence()
      if (own !== undefined) return { decimal: own }
      const [dot, comma] = [examples.get('.'), examples.get(',')]
      if (dot !== undefined && comma !== undefined) {
        return {
          problem: `it mixes ${JSON.stringify(dot.text)} on line ${dot.line} with ${JSON.stringify(comma.text)} on line ${comma.line}`,
        }
      }
      const both = examples.get('both')
      if (both === undefined || ofOthers !== undefined) return { decimal: ofOthers ?? '.' }
      // A dot without any sign of another country is a dot.
      if (!both.text.includes(',') && !isForeign) return { decimal: '.' }
      const [grouped, decimals] = [amountIn(both.text, { decimal: '.' }), amountIn(both.text, { decimal: ',' })]
      return {
        problem: `nothing in it says whether ${JSON.stringify(both.text)} on line ${both.line} is ${grouped} or ${decimals}`,
      }
    },
  }
}
