import type { Person } from '../../domain/people/person.ts'
import type { Field, Option } from '../form.ts'

/** Nobody reads a longer list, and some platforms cut it off: then a name is typed and looked up. */
const MOST_LISTED = 40

/** One of these people, by the e-mail; `able` are those who may be chosen. */
export function personField(id: string, label: string, able: readonly Person[]): Field {
  if (able.length === 0 || able.length > MOST_LISTED)
    return { kind: 'person', id, label, hint: 'A name or an e-mail address.' }
  return {
    kind: 'choice',
    id,
    label,
    options: able.map(person => ({ value: person.email, label: labelIn(able, person) })),
  }
}

/** With the e-mail beside it, since names repeat. */
export function personOption({ email, name }: Person): Option {
  return { value: email, label: name === undefined ? email : `${name} (${email})` }
}

function labelIn(people: readonly Person[], person: Person): string {
  const isOnly = people.every(({ email, name }) => email === person.email || name !== person.name)
  return isOnly ? (person.name ?? person.email) : personOption(person).label
}
