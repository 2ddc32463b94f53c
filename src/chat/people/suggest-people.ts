import type { Context } from '../../context.ts'
import { peopleByName } from '../../domain/people/people-by-name.ts'
import type { Person } from '../../domain/people/person.ts'
import { assignablePeople } from '../alerts/assignee.ts'

const MOST = 20

/** Those who may hold alerts and do tasks, by their name or e-mail address as it is typed, likeliest first. */
export async function suggestPeople(context: Context, text: string): Promise<readonly Person[]> {
  return peopleByName(await assignablePeople(context), text)
    .slice(0, MOST)
    .map(({ person }) => person)
}
