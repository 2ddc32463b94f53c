import { foldEmail } from '../../domain/people/person.ts'
import { markAbsentLeft } from '../../store/people/leavers.ts'
import { savePeople } from '../../store/people/people.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { readCsv } from '../files/csv.ts'
import type { Note } from '../files/notes.ts'
import { userIdColumn } from '../known-platform.ts'
import { personColumns, personInRow } from '../people.ts'
import { loadRows } from './load-rows.ts'
import type { Load, LoadReport } from './loading.ts'

const NOT_READ = 'is not read'

/** A complete file lists everybody: anyone absent has left. */
export async function loadPeople({
  connection,
  source,
  rejects,
  now,
  isComplete,
  platforms,
}: Load): Promise<LoadReport> {
  const columns = personColumns(platforms)
  const csv = await readCsv(source, columns)
  const present = new Set<string>()
  const report = await loadRows(csv, rejects, {
    size: 500,
    read: row => personInRow(csv, row, platforms),
    save(rows, later) {
      for (const { email } of rows) present.add(foldEmail(email))
      return savePeople(connection.db, rows, later)
    },
  })
  const ids = Object.fromEntries(platforms.map(platform => [userIdColumn(platform), [platform.name]]))
  const notes = nearMisses(csv, columns.known, NOT_READ, ids)
  if (isComplete !== true) return { ...report, notes }
  // A rejected row is a person too: nobody leaves because of a typo.
  if (report.rejected > 0 || present.size === 0)
    return { ...report, left: 0, notes: [...notes, notComplete(report.rejected)] }
  const left = await markAbsentLeft(connection.db, present, now)
  return { ...report, left: left.length, notes: [...notes, ...left.map(leftNote)] }
}

function notComplete(rejected: number): Note {
  const why = 'A complete file has a row for everybody, and none that is rejected.'
  return {
    kind: 'not_complete',
    text: `Nobody was taken out. ${why} Fix it and import it again.`,
    count: rejected,
    example: '',
  }
}

function leftNote(email: string): Note {
  const text = `${email} is not in the file and has left: what they hold is open again.`
  return { kind: 'left', text, count: 1, example: email }
}
