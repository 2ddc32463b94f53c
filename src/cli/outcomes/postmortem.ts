import { findOneAccount } from '../../chat/accounts/find/find-account.ts'
import { isoOrNull, isoTime } from '../../domain/time/iso-time.ts'
import { postmortemCard } from '../../views/outcomes/postmortem-card.ts'
import { type PostmortemReport, postmortem } from '../../work/outcomes/postmortem.ts'
import { printJson, type Verb } from '../shell.ts'

export const postmortemVerb: Verb = (program, shell) => {
  program
    .command('postmortem')
    .description('show what was said and done before an account left')
    .argument('<account>', 'its id or name')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (name: string, options: { json?: boolean; db?: string }) => {
      const { model, routes } = shell.settings()
      const connection = await shell.open(options.db)
      const now = shell.clock()
      const account = await findOneAccount(connection, name, now)
      // Whoever reaches the database sees what an admin sees.
      const report = await postmortem(connection, { model, scoring: routes.scoring, now }, account, { role: 'admin' })
      if (options.json) printJson(shell, postmortemJson(report))
      else shell.print(await shell.draw(postmortemCard(model, report)))
    })
}

function postmortemJson({
  account,
  outcome,
  looks,
  firstMoved,
  warned,
  earlier,
  neverKnown,
  alerts,
  tasks,
}: PostmortemReport) {
  return {
    account: account.id,
    outcome: { kind: outcome.kind, on: outcome.on, reason: outcome.reasonCode ?? null },
    looks: looks.map(({ days, look }) => ({
      days,
      at: isoTime(look.at),
      score: look.score?.value ?? null,
      shown: look.score?.shown ?? null,
      verdict: look.verdict,
      coverage: look.coverage,
    })),
    first_moved: firstMoved ?? null,
    warned_days: warned ?? null,
    earlier,
    never_known: neverKnown,
    alerts: alerts.map(({ kind, openedAt, claimedBy, claimedAt, resolvedAt }) => ({
      kind,
      opened_at: isoTime(openedAt),
      claimed_by: claimedBy ?? null,
      claimed_at: isoOrNull(claimedAt),
      resolved_at: isoOrNull(resolvedAt),
    })),
    tasks: tasks.map(({ title, state, assignee, note }) => ({
      title,
      state,
      assignee: assignee?.email ?? null,
      note: note ?? null,
    })),
  }
}
