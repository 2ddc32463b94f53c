import { nearestOf } from '../../nearest.ts'
import type { Note } from '../files/notes.ts'
import { type Columns, foldColumn } from './columns.ts'

type Synonyms = Readonly<Record<string, readonly string[]>>

/** Other names that exports use for known columns. */
const SAID_OTHERWISE: Synonyms = {
  owner: ['owner', 'csm', 'manager'],
  arr: ['arr', 'acv'],
  renewal_on: ['renewal', 'renewals', 'renews'],
  created_on: ['created', 'create'],
  segment: ['segment', 'tier'],
  lifecycle: ['lifecycle'],
  domain: ['domain', 'website'],
  name: ['name'],
  role: ['role'],
  time_zone: ['timezone', 'zone', 'tz'],
  observed_at: ['timestamp'],
  source: ['source'],
  sentiment: ['sentiment'],
  author: ['author'],
}

/** Unread columns whose names nearly match a known one; `more` has further names. */
export function nearMisses(
  { names, written }: Columns,
  known: readonly string[],
  kept: string,
  more: Synonyms = {},
): Note[] {
  const missing = known.filter(name => !names.includes(name))
  return names.flatMap((name, at) => {
    if (name === '' || known.includes(name)) return []
    const meant = meantBy(name, missing, { ...SAID_OTHERWISE, ...more })
    if (meant === undefined) return []
    const column = (written[at] ?? name).slice(0, 60)
    return { kind: 'near_miss', text: `\`${column}\` ${kept}; did you mean \`${meant}\`?`, count: 1, example: column }
  })
}

function meantBy(name: string, missing: readonly string[], saidOtherwise: Synonyms): string | undefined {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  const said = missing.find(known => saidOtherwise[known]?.some(word => words.includes(word)))
  if (said !== undefined) return said
  const fold = foldColumn(name)
  const nearest = nearestOf(fold, missing.map(foldColumn), fold.length < 5 ? 1 : 2)
  return missing.find(known => foldColumn(known) === nearest)
}
