import { foldSpelling } from '../accounts/name-fold.ts'
import { buildNameIndex, type MatchKind } from '../accounts/name-index.ts'
import type { Person } from './person.ts'

/** How people answer to a part of their name or e-mail address, or to a slip of it; best first, each of them once. */
export function peopleByName(
  people: readonly Person[],
  text: string,
): readonly { readonly person: Person; readonly kind: MatchKind }[] {
  if (text.trim() === '') return []
  const named = people.flatMap(person =>
    [person.name, person.email].flatMap(name => (name === undefined ? [] : { person, folded: foldSpelling(name) })),
  )
  const matches = buildNameIndex(named)(foldSpelling(text), named.length)
  const best = new Map<string, { person: Person; kind: MatchKind }>()
  for (const { item, kind } of matches) {
    if (!best.has(item.person.email)) best.set(item.person.email, { person: item.person, kind })
  }
  return [...best.values()]
}
