import type { Instant } from '../../domain/time/instant.ts'
import { isoOrNull, isoTime } from '../../domain/time/iso-time.ts'
import { listTokens, type Token } from '../../store/people/tokens.ts'
import { printJson, type Verb } from '../shell.ts'

type Options = { json?: boolean; db?: string }

export const tokenList: Verb = (program, shell) => {
  program
    .command('list')
    .description('list all tokens, without their secrets')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async ({ json, db }: Options) => {
      const tokens = await listTokens((await shell.open(db)).db)
      const now = shell.clock()
      if (json)
        return printJson(
          shell,
          tokens.map(token => documentOf(token, now)),
        )
      if (tokens.length === 0) shell.print('There are no tokens. `rounds token create` makes one.')
      for (const token of tokens) shell.print(lineOf(token, now))
    })
}

type State = 'valid' | 'expired' | 'revoked'

function stateOf({ expiresAt, revokedAt }: Token, now: Instant): State {
  if (revokedAt !== undefined && revokedAt <= now) return 'revoked'
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'valid'
}

function documentOf(token: Token, now: Instant) {
  return {
    id: token.id,
    name: token.name,
    scopes: token.scopes,
    person: token.person ?? null,
    state: stateOf(token, now),
    created_at: isoTime(token.createdAt),
    expires_at: isoOrNull(token.expiresAt),
    revoked_at: isoOrNull(token.revokedAt),
  }
}

function lineOf(token: Token, now: Instant): string {
  const end = token.revokedAt ?? token.expiresAt
  const state = stateOf(token, now)
  const until = end === undefined ? 'no expiry' : `${state === 'revoked' ? 'since' : 'until'} ${isoTime(end)}`
  const holder = token.person === undefined ? '' : `  as ${token.person}`
  return `${token.id}  ${state.padEnd(7)}  ${until}  ${token.scopes.join(' ')}  ${token.name}${holder}`
}
