import { counted } from '../../domain/counted.ts'
import { retryParked } from '../../store/delivery/parked.ts'
import { retryReceivers } from '../../store/events/receivers.ts'
import { complaintsOf } from '../../views/admin/complaints.ts'
import { sourceNotes } from '../../views/admin/source-complaints.ts'
import { sourceLines } from '../../views/sources/sources-card.ts'
import { examine } from '../../work/admin/examine.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'

type Options = { retry?: boolean; json?: boolean; db?: string }

export const doctor: Verb = (program, shell) => {
  program
    .command('doctor')
    .description('find problems and say how to fix them; exits with 1 if there are any')
    .option('--retry', 'retry messages to unreachable channels now')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((options: Options) => lookAround(shell, options))
}

async function lookAround(shell: Shell, { retry, json, db }: Options): Promise<void> {
  const connection = await shell.open(db)
  const retried = retry ? await retryParked(connection.db, shell.clock()) : undefined
  if (retry) await retryReceivers(connection.db, shell.clock())
  const checkup = await examine(connection, shell, shell.clock())
  const complaints = complaintsOf(checkup)
  const { sources } = checkup
  const notes = [...checkup.notes, ...sourceNotes(sources)]
  if (complaints.length > 0) shell.exitWith(1)
  if (json) {
    return printJson(shell, {
      ok: complaints.length === 0,
      findings: complaints,
      ...(notes.length > 0 && { notes }),
      ...(sources.days.length > 0 && { sources: sources.days }),
      ...(retry && { retried }),
    })
  }
  if (retried !== undefined) shell.print(`${counted(retried, 'parked message')} will be tried again.`)
  for (const { problem, remedy } of complaints) shell.print(`${problem}\n  ${remedy}`)
  for (const line of sourceLines(sources.days)) shell.print(line)
  for (const note of notes) shell.print(`Note: ${note}`)
  if (complaints.length === 0) shell.print('Nothing is wrong.')
}
