import { DAY, duration, type OracleWorld, type RawClause, type RawCondition } from './oracle-model.ts'
import { numberIn, same } from './oracle-numbers.ts'
import { attributeAsOf } from './oracle-readings.ts'

export type Truth = true | false | 'unknown'

/** What conditions may ask besides attributes; undefined is missing. */
export interface Subjects {
  readonly shown: (t: number) => number | undefined
  /** The shown score where there is a verdict. */
  readonly judged: (t: number) => number | undefined
  readonly band: (t: number) => string | undefined
  readonly component: (id: string, t: number) => number | undefined
  readonly measure: (id: string, t: number) => number | undefined
}

/** Three-valued: what asks about something missing is unknown. */
export function truth(world: OracleWorld, condition: RawCondition, t: number, subjects: Subjects): Truth {
  if ('all' in condition) {
    const parts = condition.all.map(part => truth(world, part, t, subjects))
    if (parts.includes(false)) return false
    return parts.includes('unknown') ? 'unknown' : true
  }
  if ('any' in condition) {
    const parts = condition.any.map(part => truth(world, part, t, subjects))
    if (parts.includes(true)) return true
    return parts.includes('unknown') ? 'unknown' : false
  }
  if ('not' in condition) {
    const part = truth(world, condition.not, t, subjects)
    return part === 'unknown' ? 'unknown' : !part
  }
  const days = condition.held_for === undefined ? 0 : duration(condition.held_for) / DAY
  const held: Truth[] = []
  for (let back = 0; back <= days; back++) held.push(clause(world, condition, t - back * DAY, subjects))
  if (held.includes(false)) return false
  return held.includes('unknown') ? 'unknown' : true
}

function clause(world: OracleWorld, asked: RawClause, t: number, subjects: Subjects): Truth {
  if (asked.band !== undefined) {
    const band = subjects.band(t)
    return band === undefined ? 'unknown' : band === asked.band
  }
  if (asked.alert !== undefined) {
    return (world.openAlerts ?? []).includes(asked.alert) === (asked.is === 'open')
  }
  return compare(subject(world, asked, t, subjects), asked)
}

function subject(world: OracleWorld, asked: RawClause, t: number, subjects: Subjects): number | string | undefined {
  if (asked.score) return subjects.shown(t)
  if (asked.score_change !== undefined) {
    const [now, then] = [subjects.judged(t), subjects.judged(t - duration(asked.score_change))]
    return now === undefined || then === undefined ? undefined : now - then
  }
  if (asked.measure !== undefined) return subjects.measure(asked.measure, t)
  if (asked.component !== undefined) return subjects.component(asked.component, t)
  if (asked.attribute !== undefined) return attributeAsOf(world, asked.attribute, t)
  const date = attributeAsOf(world, asked.days_until ?? '', t)
  const midnight = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(midnight) ? undefined : (midnight - t) / DAY
}

function compare(value: number | string | undefined, asked: RawClause): Truth {
  if (value === undefined) return 'unknown'
  const text = String(value)
  if (asked.is !== undefined) return text === asked.is
  if (asked.is_not !== undefined) return text !== asked.is_not
  if (asked.one_of !== undefined) return asked.one_of.includes(text)
  const number = numberIn(text)
  if (number === undefined) return 'unknown'
  if (asked.at_least !== undefined) return number > asked.at_least || same(number, asked.at_least)
  if (asked.at_most !== undefined) return number < asked.at_most || same(number, asked.at_most)
  if (asked.above !== undefined) return number > asked.above && !same(number, asked.above)
  if (asked.below !== undefined) return number < asked.below && !same(number, asked.below)
  throw new Error(`no comparison in ${JSON.stringify(asked)}`)
}
