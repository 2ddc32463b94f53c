import type { Request, Response } from 'express'
import { asTypedHere } from '../command-name.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Connection } from '../store/engine/engine.ts'
import { type Scope, type TokenVerdict, verifyToken } from '../store/people/tokens.ts'
import { refuse } from './guarded.ts'

/** Who may come in: with a bearer token, or with the token as the user name of Basic. */
export type Access = { readonly by: 'bearer' | 'basic'; readonly scope: Scope }

/** A program that was let in: the token that it came with. */
export type Caller = {
  readonly tokenId: string
  readonly tokenName: string
  readonly scopes: readonly string[]
  /** The e-mail of the person that it acts for. */
  readonly person: string | undefined
}

const REFUSALS: Record<Exclude<TokenVerdict, 'valid' | 'out_of_scope'>, string> = {
  unknown: 'Rounds does not know who you are.',
  expired: 'This token has expired.',
  revoked: 'This token was revoked.',
}

const TOKEN_HINTS: Record<Access['by'], string> = {
  bearer: 'Send "Authorization: Bearer TOKEN" with a token from `rounds token create`.',
  basic: 'Send a token from `rounds token create` as the write key: the user name of Basic authorization.',
}

/** Undefined once it has answered 401 or 403. What is looked up and compared is the same for right and wrong tokens. */
export async function authorize(
  { db }: Connection,
  { by, scope }: Access,
  request: Request,
  response: Response,
  now: Instant,
): Promise<Caller | undefined> {
  const { verdict, token } = await verifyToken(db, tokenIn(request, by), scope, now)
  if (verdict === 'valid' && token !== undefined) {
    return { tokenId: token.id, tokenName: token.name, scopes: token.scopes, person: token.person }
  }
  const scheme = by === 'bearer' ? 'Bearer' : 'Basic'
  if (verdict === 'out_of_scope') {
    const details = by === 'bearer' ? `, error="insufficient_scope", scope="${scope}"` : ''
    response.set('WWW-Authenticate', `${scheme} realm="rounds"${details}`)
    const hint = asTypedHere(`Create one with that scope: \`rounds token create --scope ${scope}\`.`)
    refuse(response, 403, `This token does not have the scope ${scope}.`, hint)
    return undefined
  }
  response.set('WWW-Authenticate', `${scheme} realm="rounds"`)
  refuse(response, 401, REFUSALS[verdict === 'valid' ? 'unknown' : verdict], asTypedHere(TOKEN_HINTS[by]))
  return undefined
}

function tokenIn(request: Request, by: Access['by']): string {
  const sent = request.get('authorization') ?? ''
  const bearer = /^Bearer +(\S+)$/i.exec(sent)?.[1]
  if (by === 'bearer') return bearer ?? ''
  const basic = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(sent)?.[1]
  return basic === undefined ? (bearer ?? '') : (Buffer.from(basic, 'base64').toString('latin1').split(':')[0] ?? '')
}
