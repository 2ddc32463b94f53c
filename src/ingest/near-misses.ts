import { nearestOf } from '../nearest.ts'
import { type Columns, foldColumn } from './columns.ts'
import type { Note } from './notes.ts'

/** Words that say what a column holds, where exports name it otherwise. */
const SAID_OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  owner: ['owner', 'csm', 'manager'],
  arr: ['arr', 'acv'],
  renewal_on: ['renewal', 'renewals', 'renews'],
  created_on: ['created', 'create'],
  segment: ['segment', 'tier'],
  lifecycle: ['lifecycle'],
  domain: ['domain', 'website'],
  name: ['name'],
  role: ['role'],
  slack_id: ['slack'],
  teams_id: ['teams'],
  time_zone: ['timezone', 'zone', 'tz'],
  observed_at: ['timestamp'],
  source: ['source'],
  sentiment: ['sentiment'],
  author: ['author'],
}

/** Columns that nobody reads although they nearly are ones that somebody would. */
export function nearMisses({ names, written }: Columns, known: readonly string[], kept: string): Note[] {
  const missing = known.filter(name => !names.includes(name))
  return names.flatMap((name, at) => {
    if (name === '' || known.includes(name)) return []
    const meant = meantBy(name, missing)
    if (meant === undefined) return []
    const column = (written[at] ?? name).slice(0, 60)
    return { kind: 'near_miss', text: `\`${column}\` ${kept}; did you mean \`${meant}\`?`, count: 1, example: column }
  })
}

function meantBy(name: string, missing: readonly string[]): string | undefined {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  const said = missing.find(known => SAID_OTHERWISE[known]?.some(word => words.includes(word)))
  if (said !== undefined) return said
  const fold = foldColumn(name)
  const nearest = nearestOf(fold, missing.map(foldColumn), fold.length < 5 ? 1 : 2)
  return missing.find(known => foldColumn(known) === nearest)
}
