import type { Settings } from './settings.ts'

/** What the settings ask of the data: attributes, those of them that must be numbers or dates, and metrics. */
export type NamedFacts = {
  readonly attributes: ReadonlySet<string>
  readonly numbers: ReadonlySet<string>
  readonly dates: ReadonlySet<string>
  readonly metrics: ReadonlySet<string>
  /** How comments are kept; as they are, if left out. */
  readonly comments?: Settings['sources']['comments']
}

export function namedFacts({ model, routes, digests, sources }: Settings): NamedFacts {
  const facts = {
    attributes: new Set<string>(),
    numbers: new Set<string>(),
    dates: new Set<string>(),
    metrics: new Set<string>(),
  }
  for (const part of everyPart([model, routes, digests])) {
    const { subject, comparison, from, attribute, metric, per } = part
    if (isNamed(subject)) {
      facts.attributes.add(subject.name)
      if (subject.of === 'days_until') facts.dates.add(subject.name)
      else if (typeof comparison === 'object' && comparison !== null && 'number' in comparison)
        facts.numbers.add(subject.name)
    }
    if (from === 'attribute' && typeof attribute === 'string') {
      facts.attributes.add(attribute)
      facts.numbers.add(attribute)
    }
    if (from === 'metric' && typeof metric === 'string') {
      facts.metrics.add(metric)
      if (typeof per === 'object' && per !== null && 'metric' in per) facts.metrics.add(String(per.metric))
    }
  }
  return { ...facts, comments: sources.comments }
}

/** Conditions and inputs look the same wherever in the settings they stand. */
function* everyPart(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>
  for (const part of Object.values(value)) yield* everyPart(part)
}

function isNamed(subject: unknown): subject is { readonly of: 'attribute' | 'days_until'; readonly name: string } {
  if (typeof subject !== 'object' || subject === null || !('of' in subject) || !('name' in subject)) return false
  return (subject.of === 'attribute' || subject.of === 'days_until') && typeof subject.name === 'string'
}
