import { randomBytes } from 'node:crypto'
import { foldEmail } from '../../domain/people/person.ts'
import type { Duration } from '../../domain/time/instant.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import { BotError } from '../../errors.ts'
import { parseDuration } from '../../model/schema/fields.ts'
import { nearestOf } from '../../nearest.ts'
import { operatorName } from '../../operator-name.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import { type CreatedToken, createToken, type NewToken, SCOPES, type Scope } from '../../store/people/tokens.ts'
import type { Db } from '../../store/tables.ts'
import { usage } from '../arguments.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'

type Options = { name: string; scope: string[]; person?: string; expires?: string; json?: boolean; db?: string }

export const tokenCreate: Verb = (program, shell) => {
  program
    .command('create')
    .description('create a token and show it once')
    .option('--name <name>', 'what it is for', 'ingest')
    .option(
      '--scope <scope>',
      `what it can do: ${SCOPES.join(', ')}; repeat for several (default: signals:write)`,
      collect,
      [],
    )
    .option('--person <email>', 'the person it acts for')
    .option('--expires <duration>', 'how long it is valid, such as 90d (default: forever)')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((options: Options) => create(shell, options))
}

async function create(shell: Shell, { name, scope, person, expires, json, db }: Options): Promise<void> {
  const expiresIn = lengthOf(expires)
  const scopes = scope.length === 0 ? (['signals:write'] as const) : [...new Set(scope.map(scopeNamed))]
  const connection = await shell.open(db, { mayBeNew: true })
  const made = await createAudited(connection.db, {
    name,
    scopes,
    now: shell.clock(),
    randomBytes,
    ...(person !== undefined && { person: await knownPerson(connection.db, person) }),
    ...(expiresIn !== undefined && { expiresIn }),
  })
  const until = made.expiresAt === undefined ? undefined : isoTime(made.expiresAt)
  if (json) {
    const holder = person === undefined ? null : foldEmail(person)
    return printJson(shell, { id: made.id, name, scopes, person: holder, token: made.token, expires_at: until ?? null })
  }
  shell.print(made.token)
  shell.note(
    `Keep it safe: it is not shown again. It is valid for ${scopes.join(', ')}${until === undefined ? '' : ` until ${until}`}.`,
  )
  shell.note(`To revoke it: \`rounds token revoke ${made.id}\``)
}

function createAudited(db: Db, token: NewToken): Promise<CreatedToken> {
  return inTransaction(db, async db => {
    const made = await createToken(db, token)
    const isNow = `${token.name}: ${token.scopes.join(' ')}`
    await recordAudit(db, { at: token.now, who: operatorName(), act: 'token.create', subject: made.id, isNow })
    return made
  })
}

function collect(scope: string, before: string[]): string[] {
  return [...before, scope]
}

function scopeNamed(text: string): Scope {
  const scope = SCOPES.find(known => known === text)
  if (scope !== undefined) return scope
  const near = nearestOf(text, SCOPES)
  const hint = near === undefined ? `The scopes are ${SCOPES.join(', ')}.` : `Did you mean "${near}"?`
  throw usage(`--scope "${text}" is not a valid scope.`, hint)
}

async function knownPerson(db: Db, email: string): Promise<string> {
  const person = await findPersonOrNone(db, foldEmail(email))
  if (person !== undefined) return person.email
  throw new BotError(
    'unknown_person',
    `There is no person with the address ${email}.`,
    'Import them first: `rounds import people FILE`.',
  )
}

function lengthOf(expires: string | undefined): Duration | undefined {
  const length = expires === undefined ? undefined : parseDuration(expires)
  if (expires !== undefined && length === undefined) {
    throw usage(
      `--expires "${expires}" is not a valid length of time.`,
      'Write a number and s, m, h, d or w, such as 90d.',
    )
  }
  return length
}
