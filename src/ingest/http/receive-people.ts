import * as z from 'zod'
import { PERSON_ROLES } from '../../domain/people/person.ts'
import { type PersonRow, savePeople } from '../../store/people/people.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { userIdColumn } from '../known-platform.ts'
import { personColumns, personInRow } from '../people.ts'
import { text } from './fields.ts'
import type { Intake, Reception } from './intake.ts'
import { PLAIN } from './object-row.ts'
import { openRows } from './receive-rows.ts'

export const SENT_PERSON = z
  .object({
    email: text('email').meta({
      description: 'The e-mail address; case makes no difference.',
      examples: ['dana@example.com'],
    }),
    name: text('name')
      .nullish()
      .meta({ description: 'The name.', examples: ['Dana'] }),
    role: text('role')
      .nullish()
      .meta({ description: `One of ${PERSON_ROLES.join(', ')}.`, examples: ['csm'] }),
    manager: text('manager')
      .nullish()
      .meta({ description: 'The e-mail of the manager.', examples: ['max@example.com'] }),
    time_zone: text('time_zone')
      .nullish()
      .meta({ description: 'An IANA time zone.', examples: ['Europe/Berlin'] }),
  })
  .catchall(PLAIN)
  .meta({ id: 'Person', description: 'A person on your side.' })

/** As `import people`: a field that is absent changes nothing, null or "" clears. */
export function openPeople({ connection, platforms }: Reception): Intake {
  const { known } = personColumns(platforms)
  const ids = Object.fromEntries(platforms.map(platform => [userIdColumn(platform), [platform.name]]))
  return openRows<PersonRow>({
    noun: 'a person',
    schema: SENT_PERSON,
    known,
    read: ({ table, row }) => personInRow(table, row, platforms),
    save: (rows, later) => savePeople(connection.db, rows, later),
    notes: async sent => nearMisses(sent, known, 'is not read', ids),
  })
}
