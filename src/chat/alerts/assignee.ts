import type { Context } from '../../context.ts'
import type { MatchKind } from '../../domain/accounts/name-index.ts'
import { peopleByName } from '../../domain/people/people-by-name.ts'
import { foldEmail, isAtLeast, type Person } from '../../domain/people/person.ts'
import { quoted } from '../../domain/quoted.ts'
import { listPeople } from '../../store/people/people.ts'

export type AssigneeChoice = { readonly person: Person } | { readonly refusal: string }

/** People who can hold alerts and do tasks: csms and admins, including admins from the settings. */
export async function assignablePeople(context: Context): Promise<Person[]> {
  return (await everybody(context)).filter(({ role }) => isAtLeast(role, 'csm'))
}

/** Somebody to assign to, by e-mail or name; or why not, and what to do about it. */
export async function chooseAssignee(context: Context, written: string): Promise<AssigneeChoice> {
  const wanted = foldEmail(written)
  const people = await everybody(context)
  const called = peopleByName(people, written).filter(({ kind }) => MEANT.includes(kind))
  const [named, ...others] = called.filter(({ kind }) => kind === called[0]?.kind)
  const person = people.find(({ email }) => email === wanted) ?? (others.length === 0 ? named?.person : undefined)
  if (person === undefined && named !== undefined) {
    const some = [named, ...others].slice(0, MOST_NAMED).map(({ person }) => person.email)
    return { refusal: `${quoted(written)} could be ${some.join(', ')}. Write the e-mail address.` }
  }
  if (person === undefined) {
    const remedy = 'Choose somebody with the role csm or admin; an admin can add people with `rounds import people`.'
    return { refusal: `I do not know ${quoted(written)}. ${remedy}` }
  }
  if (isAtLeast(person.role, 'csm')) return { person }
  const remedy = `Choose somebody with the role csm or admin, or have an admin import ${person.email} as csm.`
  return { refusal: `${person.name ?? person.email} is a ${person.role}, who can only read. ${remedy}` }
}

/** Matches that are certain: a typo must not assign anything to anybody. */
const MEANT: readonly MatchKind[] = ['whole', 'start', 'words']
const MOST_NAMED = 5

async function everybody(context: Context): Promise<Person[]> {
  const people = await listPeople(context.connection.db)
  const { admins } = context.settings.routes
  return [
    ...people.map(person => (admins.includes(person.email) ? { ...person, role: 'admin' as const } : person)),
    ...admins
      .filter(admin => people.every(({ email }) => email !== admin))
      .map(email => ({ email, role: 'admin' as const })),
  ]
}
