import { DATE_RULES, type DateRule } from '../../model/mapping/value.ts'
import { instantBy } from './dates.ts'

type Example = { readonly line: number; readonly text: string }

/** Which rules the dates of one column fit. */
export type DateTally = {
  add(text: string, line: number): void
  decide(evidence: 'day-first' | 'month-first' | undefined): DateDecision
  /** How many of the dates fit a rule, and how many there are. */
  fits(rule: DateRule): { readonly fit: number; readonly of: number; readonly first: Example | undefined }
}

export type DateDecision =
  | { readonly rule: DateRule; readonly isCertain: boolean }
  /** `isMixed`: these are dates, of more than one form. */
  | { readonly rule?: undefined; readonly problem: string; readonly isOpen?: true; readonly isMixed?: true }

export function dateTally(): DateTally {
  const counts = new Map(DATE_RULES.map(rule => [rule, 0]))
  const examples = new Map<DateRule, Example>()
  const [firstMisfit, only] = [
    new Map<DateRule, Example>(),
    new Map<'day-first' | 'month-first', Example & { count: number }>(),
  ]
  let [total, dated, withDots, example]: [number, number, number, Example | undefined] = [0, 0, 0, undefined]
  const known = new Map<string, ReadonlySet<DateRule>>()

  function rulesOf(text: string): ReadonlySet<DateRule> {
    const shape = known.get(text)
    if (shape !== undefined) return shape
    const rules = new Set(DATE_RULES.filter(rule => instantBy(rule, text) !== undefined))
    if (known.size > 20_000) known.clear()
    known.set(text, rules)
    return rules
  }

  return {
    add(text, line) {
      total += 1
      example ??= { line, text }
      const rules = rulesOf(text)
      if (rules.size > 0) dated += 1
      for (const rule of DATE_RULES) {
        if (rules.has(rule)) {
          counts.set(rule, (counts.get(rule) ?? 0) + 1)
          if (!examples.has(rule)) examples.set(rule, { line, text })
        } else if (!firstMisfit.has(rule)) firstMisfit.set(rule, { line, text })
      }
      if (rules.has('day-first') && /^\d+\s?\./.test(text)) withDots += 1
      if (rules.has('day-first') === rules.has('month-first')) return
      const rule = rules.has('day-first') ? 'day-first' : 'month-first'
      only.set(rule, { line, text, count: (only.get(rule)?.count ?? 0) + 1, ...firstOf(only.get(rule)) })
    },
    fits: rule => ({ fit: counts.get(rule) ?? 0, of: total, first: firstMisfit.get(rule) }),
    decide(evidence) {
      const best = DATE_RULES.reduce((best, rule) => ((counts.get(rule) ?? 0) > (counts.get(best) ?? 0) ? rule : best))
      if (total === 0) return { problem: 'it is empty' }
      if ((counts.get(best) ?? 0) * 2 < total) {
        const forms = [...examples].map(
          ([rule, { text, line }]) => `${JSON.stringify(text)} on line ${line} is ${rule}`,
        )
        if (forms.length > 1)
          return { problem: `it mixes forms: ${forms.join(', ')}`, ...(dated * 2 >= total && { isMixed: true }) }
        return { problem: `most of it is no date, such as ${JSON.stringify(example?.text)} on line ${example?.line}` }
      }
      if (best !== 'day-first' && best !== 'month-first') return { rule: best, isCertain: true }
      const [day, month] = [only.get('day-first'), only.get('month-first')]
      if (day !== undefined && month !== undefined) {
        return {
          problem: `it mixes dates of two countries: ${JSON.stringify(day.text)} on line ${day.line} has the day first, ${JSON.stringify(month.text)} on line ${month.line} the month`,
          isMixed: true,
        }
      }
      if (day !== undefined || withDots > 0) return { rule: 'day-first', isCertain: true }
      if (month !== undefined) return { rule: 'month-first', isCertain: true }
      if (evidence !== undefined) return { rule: evidence, isCertain: false }
      return {
        problem: `nothing in it says whether ${JSON.stringify(example?.text)} has the day or the month first`,
        isOpen: true,
      }
    },
  }
}

function firstOf(known: Example | undefined): Partial<Example> {
  return known === undefined ? {} : { line: known.line, text: known.text }
}
