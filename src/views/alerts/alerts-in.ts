import type { Card } from '../card.ts'

/** The alerts that lines of a card are about: a change of one reaches this copy of it. */
export function alertsIn({ parts }: Card): readonly string[] {
  const items = parts.flatMap(part => (part.kind === 'list' ? part.items : []))
  return [...new Set(items.flatMap(({ about }) => about?.replace(/^alert:/, '') ?? []))]
}
