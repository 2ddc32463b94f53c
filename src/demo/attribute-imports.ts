import type { Instant } from '../domain/instant.ts'
import type { DemoAccount } from './portfolio.ts'

export type AttributeImport = {
  readonly at: Instant
  readonly id: string
  readonly name: string
  readonly attributes: ReadonlyMap<string, string | undefined>
}

/** What to import when, oldest first, so that attributes get the history that the demo gives them. */
export function attributeImports(accounts: readonly DemoAccount[]): AttributeImport[] {
  return accounts.flatMap(importsOf).sort((a, b) => a.at - b.at)
}

function importsOf({ id, name, attributes }: DemoAccount): AttributeImport[] {
  const changes = [...attributes].flatMap(([attribute, values]) =>
    values.map(({ from, value }) => ({ attribute, from, value })),
  )
  return [...new Set(changes.map(({ from }) => from))].map(at => ({
    at,
    id,
    name,
    attributes: new Map(changes.filter(({ from }) => from === at).map(({ attribute, value }) => [attribute, value])),
  }))
}
