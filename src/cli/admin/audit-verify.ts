import type { Command } from 'commander'
import { type AuditHead, auditFault } from '../../domain/admin/audit-check.ts'
import { counted } from '../../domain/counted.ts'
import { checkAudit } from '../../store/audit/audit-chain.ts'
import { usage } from '../arguments.ts'
import { printJson, type Shell } from '../shell.ts'

type Options = { head?: string; json?: boolean; db?: string }

export function auditVerify(group: Command, shell: Shell): void {
  group
    .command('verify')
    .description('check that the audit log is intact; exits with 1 if it is not')
    .option('--head <lines:hash>', 'also check that it still has this line, from "audit log head" in the service log')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    // The group has options of the same names, and takes them from here.
    .action(async (_: Options, command: Command) => {
      const { head, json, db } = command.optsWithGlobals<Options>()
      const check = await checkAudit((await shell.open(db)).db, head === undefined ? undefined : headArgument(head))
      const problem = auditFault(check)
      if (problem !== undefined) shell.exitWith(1)
      const { lines, hash } = check
      if (json) return printJson(shell, { whole: problem === undefined, lines, hash, problem: problem ?? null })
      shell.print(problem ?? `The audit log is intact: ${counted(lines, 'line')}, the last ${hash || 'none'}.`)
      if (problem !== undefined) shell.print('  Somebody changed the database by hand: compare it with a backup.')
    })
}

function headArgument(text: string): AuditHead {
  const [, lines, hash] = /^([1-9]\d*):([0-9a-f]{64})$/.exec(text) ?? []
  if (lines === undefined || hash === undefined) {
    throw usage(
      `--head "${text}" is not a valid line and hash.`,
      'Write lines:hash, as in "audit log head" of the log.',
    )
  }
  return { lines: Number(lines), hash }
}
