import type { Connection } from '../store/engine/engine.ts'
import { listPeople } from '../store/people/people.ts'
import type { Note } from './files/notes.ts'

export function notNumberNotes(entries: [string, { count: number; example: string }][]): Note[] {
  return entries.map(([column, { count, example }]) => {
    const others = count === 1 ? '' : ` and ${count - 1} more`
    const text = `The model reads \`${column}\` as a number; ${JSON.stringify(example)}${others} cannot be read as one.`
    return { kind: 'not_a_number', text, count, example }
  })
}

export function repeatedNotes(entries: [string, { count: number; example: string }][]): Note[] {
  return entries.map(([id, { count, example }]) => {
    const text = `The id ${id} is on ${example} with other values; its last row counts.`
    return { kind: 'repeated_id', text, count, example }
  })
}

/** They are kept: people may be imported later. */
export async function unknownOwners({ db }: Connection, owners: ReadonlySet<string>): Promise<Note[]> {
  const known = new Set((await listPeople(db)).map(({ email }) => email))
  return [...owners]
    .filter(owner => owner !== '' && !known.has(owner))
    .sort()
    .map(owner => {
      const text = `The owner ${owner} is not among the people; import people, or fix the spelling.`
      return { kind: 'unknown_owner', text, count: 1, example: owner }
    })
}
