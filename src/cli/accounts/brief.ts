import { writeFileSync } from 'node:fs'
import { findOneAccount } from '../../chat/accounts/find/find-account.ts'
import { briefDocument } from '../../documents/brief.ts'
import { BRIEF_KINDS, type BriefKind, briefKindOrNone } from '../../domain/briefs/brief-kind.ts'
import { namingPeople } from '../../store/people/leavers.ts'
import { briefCard } from '../../views/briefs/brief-card.ts'
import { cardPage } from '../../views/page/page.ts'
import { prepareBrief } from '../../work/briefs/prepare-brief.ts'
import { instantArgument, usage } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'

type Options = { kind: string; asOf?: string; html?: string; json?: boolean; db?: string }

export const brief: Verb = (program, shell) => {
  program
    .command('brief')
    .description('prepare a meeting: one page about an account')
    .argument('<account>', 'its id or name')
    .option('--kind <kind>', BRIEF_KINDS.join(', '), 'qbr')
    .option('--as-of <time>', 'as of this time instead of now')
    .option('--html <file>', 'write it to a web page instead')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (name: string, options: Options) => {
      const kind = kindArgument(options.kind)
      const { model, routes } = shell.settings()
      const connection = await shell.open(options.db)
      const now = shell.clock()
      const at = options.asOf === undefined ? now : instantArgument('--as-of', options.asOf)
      if (at > now) throw usage(`--as-of ${options.asOf} is in the future.`, 'Write a day that has begun.')
      const account = await findOneAccount(connection, name, now)
      // Whoever reaches the database sees what an admin sees.
      const made = await prepareBrief(connection, model, account, { kind, at, now, reader: { role: 'admin' } })
      const nameOf = await namingPeople(connection.db)
      const card = briefCard(model, made, { timeZone: routes.scoring.time_zone, nameOf })
      if (options.html !== undefined) writeFileSync(options.html, cardPage(card))
      if (options.json) printJson(shell, briefDocument(model, made))
      else if (options.html === undefined) shell.print(await shell.draw(card))
      if (options.html !== undefined) shell.note(`The brief is in ${options.html}.`)
    })
}

function kindArgument(text: string): BriefKind {
  const kind = briefKindOrNone(text)
  if (kind === undefined)
    throw usage(`--kind "${text}" is not a valid kind.`, `Write one of ${BRIEF_KINDS.join(', ')}.`)
  return kind
}
