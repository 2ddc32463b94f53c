import { nearestOf } from '../../nearest.ts'
import { foldColumn } from '../cells/columns.ts'

/** What figures are called elsewhere, by folded names, and here. */
const KNOWN: readonly (readonly [metric: string, name: RegExp])[] = [
  [
    'active_users',
    /active ?users?|^(?:wau|mau|dau)$|aktive (?:nutzer|benutzer|anwender)|utilisateurs actifs|usuarios activos/,
  ],
  [
    'seats',
    /^(?:licen[sc]ed |paid |purchased |contracted )?(?:seats?|licen[sc]es)(?: (?:bought|purchased|sold|licensed|total))?$|lizenzen|^platze$/,
  ],
  [
    'key_feature_uses',
    /(?:key |core )?features? (?:uses?|usage|events)|^usage count$|^nutzung(?:en)?$|^events?(?: count)?$/,
  ],
  ['logins', /log ?ins?(?: count)?$|sign ?ins?$|anmeldungen|sessions?(?: count)?$/],
  ['tickets_open', /open tickets|tickets? open$|offene tickets/],
  ['tickets_opened', /tickets?(?: (?:created|opened|count|new))?$|^new tickets$/],
  ['escalations', /escalat|eskalation/],
  ['days_past_due', /days (?:past due|overdue|late)|past due days|tage (?:uberfallig|verzug)|overdue days/],
  ['nps', /\bnps\b/],
  ['csat', /csat/],
  ['ces', /\bces\b/],
  ['users_invited', /invit/],
  ['plan_limit_use', /(?:plan|quota|limit) (?:limit )?us/],
  ['meeting', /^meetings?$/],
  ['first_response_hours', /first (?:response|reply) (?:time )?(?:in )?hours/],
  ['resolution_hours', /resolution (?:time )?(?:in )?hours/],
]

/** The metric that a column or a name most likely is: one that the model reads, a usual one, or its own name. */
export function metricNamed(name: string, words: string, ofModel: ReadonlySet<string>): string {
  const fold = foldColumn(name)
  const same = [...ofModel].find(metric => foldColumn(metric) === fold)
  if (same !== undefined) return same
  const known = KNOWN.find(([, pattern]) => pattern.test(words))?.[0]
  if (known !== undefined) return known
  const nearest = nearestOf(fold, [...ofModel].map(foldColumn), 2)
  const meant = nearest === undefined ? undefined : [...ofModel].find(metric => foldColumn(metric) === nearest)
  return meant ?? (words.replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '') || 'value')
}

/** Whether a name is one of the usual figures of customers. */
export function isUsualMetric(name: string, words: string, ofModel: ReadonlySet<string>): boolean {
  return (
    KNOWN.some(([, pattern]) => pattern.test(words)) ||
    [...ofModel].some(metric => foldColumn(metric) === foldColumn(name))
  )
}
