import type { Request } from 'express'
import * as z from 'zod'
import type { Actor, OwnAssistant } from '../../src/chat/port.ts'
import type { ToolDoor } from '../../src/chat/tools/tool-port.ts'

/** Who asks, and how. */
export type Asking = {
  readonly actor: Actor
  /** As the audit log names the way it came. */
  readonly through: string
  readonly deliveryId: string
  /** Whose cards the client draws beside the words. */
  readonly cards?: OwnAssistant
}

export type Refused = { readonly status: number; readonly refusal: string }

type World = { readonly door: ToolDoor; readonly own: readonly OwnAssistant[]; readonly newId: () => string }

const REFUSALS = {
  unknown: 'Rounds does not know this token. Create one with `rounds token create --scope mcp --person EMAIL`.',
  expired: 'This token has expired.',
  revoked: 'This token was revoked.',
  out_of_scope: 'This token does not have the scope mcp.',
  no_person: 'This token is bound to nobody. Create one with --person.',
} as const

/** A signature and a token in one request contradict each other; what a request with a token says about a person is ignored. */
export async function askingFrom(
  request: Request,
  body: unknown,
  { door, own, newId }: World,
): Promise<Asking | Refused> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1]
  const assistant = own.find(({ isFrom }) => isFrom(request.headers))
  if (assistant !== undefined && request.get('authorization') !== undefined) {
    return { status: 400, refusal: 'Send a signature or a token, not both.' }
  }
  if (assistant !== undefined) return signedAsking(request, body, assistant)
  if (bearer === undefined) return { status: 401, refusal: 'Send "Authorization: Bearer TOKEN".' }
  const admitted = await door.admit(bearer)
  if ('refusal' in admitted) {
    return { status: admitted.refusal === 'out_of_scope' ? 403 : 401, refusal: REFUSALS[admitted.refusal] }
  }
  return { ...admitted, deliveryId: `assistant:${newId()}` }
}

const message = z.object({ method: z.string(), params: z.object({ _meta: z.unknown().optional() }).optional() })

/** Each call is made for a person; only opening the conversation needs just the platform's signature. */
async function signedAsking(request: Request, body: unknown, own: OwnAssistant): Promise<Asking | Refused> {
  const signed = { headers: request.headers, body: String(request.body) }
  if (!own.isSigned(signed)) return { status: 401, refusal: 'The signature is not valid, or too old.' }
  const { data } = message.safeParse(body)
  const asking = await own.callerOf(signed, data?.params?._meta)
  if (asking !== undefined) return { ...asking, through: own.name }
  if (data !== undefined && OPENING.includes(data.method)) {
    return { actor: NOBODY, through: own.name, deliveryId: '' }
  }
  return { status: 401, refusal: 'The request does not say who asks.' }
}

const OPENING: readonly string[] = [
  'initialize',
  'notifications/initialized',
  'ping',
  'tools/list',
  'prompts/list',
  'resources/list',
]

const NOBODY: Actor = { platform: 'assistant', userId: '' }
