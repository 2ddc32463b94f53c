import { type NamedFacts, namedFacts } from '../model/named-facts.ts'
import type { Settings } from '../model/settings.ts'

const known = new WeakMap<Settings, NamedFacts>()

/** What settings ask of the data, worked out once for each. */
export function factsOf(settings: Settings): NamedFacts {
  const facts = known.get(settings) ?? namedFacts(settings)
  known.set(settings, facts)
  return facts
}
