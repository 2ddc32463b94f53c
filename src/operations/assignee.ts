import type { Context } from '../context.ts'
import { foldEmail, isAtLeast, type Person } from '../domain/person.ts'
import { listPeople } from '../store/people.ts'

export type AssigneeChoice = { readonly person: Person } | { readonly refusal: string }

/** Whoever may hold alerts and do tasks: csm and admin, those that the settings name as admins too. */
export async function assignablePeople(context: Context): Promise<Person[]> {
  return (await everybody(context)).filter(({ role }) => isAtLeast(role, 'csm'))
}

/** Somebody who may be given something, by their e-mail; or why not, and what to do about it. */
export async function chooseAssignee(context: Context, email: string): Promise<AssigneeChoice> {
  const wanted = foldEmail(email)
  const person = (await everybody(context)).find(({ email }) => email === wanted)
  if (person === undefined) {
    const remedy = 'Choose somebody with the role csm or admin; an admin can add people with `rounds import people`.'
    return { refusal: `${email} is nobody that I know. ${remedy}` }
  }
  if (isAtLeast(person.role, 'csm')) return { person }
  const remedy = `Choose somebody with the role csm or admin, or have an admin import ${person.email} as csm.`
  return { refusal: `${person.name ?? person.email} is a ${person.role}, who only looks on. ${remedy}` }
}

async function everybody(context: Context): Promise<Person[]> {
  const people = await listPeople(context.connection.db)
  const { admins } = context.settings().routes
  return [
    ...people.map(person => (admins.includes(person.email) ? { ...person, role: 'admin' as const } : person)),
    ...admins
      .filter(admin => people.every(({ email }) => email !== admin))
      .map(email => ({ email, role: 'admin' as const })),
  ]
}
