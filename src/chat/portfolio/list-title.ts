import { capitalized } from '../../domain/capitalized.ts'
import type { Model } from '../../domain/model/model.ts'
import type { ListQuery } from '../../domain/portfolio/list-query.ts'
import { shortText } from '../../domain/quoted.ts'
import { verdictWords } from '../../views/scoring/status-text.ts'
import type { Owner } from './owner-meant.ts'

/** "At risk · of Dana · enterprise · renewal within 90 days": what a list was narrowed to. */
export function listTitle(model: Model, query: ListQuery, owner: Owner | undefined): string {
  const { band, change, isRetired, segment, renewal } = query
  const words = [
    ...(band === undefined ? [] : [verdictWords(model, band)]),
    ...(change === undefined ? [] : [change === 'falling' ? 'Falling' : 'Rising']),
    ...(isRetired ? ['Retired'] : []),
    ...(owner === undefined ? [] : [owner.isCaller ? 'yours' : `of ${owner.name}`]),
    ...(segment === undefined ? [] : [shortText(segment)]),
    ...(renewal === undefined ? [] : [`renewal within ${renewal} days`]),
  ]
  if (owner?.isCaller && words.length === 1) return 'Your accounts'
  const [first] = words
  if (first === undefined) return 'Portfolio'
  return [capitalized(first), ...words.slice(1)].join(' · ')
}
