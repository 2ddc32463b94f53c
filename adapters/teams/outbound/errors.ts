import { DeliveryError, type DeliveryFault } from '../../../src/errors.ts'
import { wasNeverSent } from '../../never-sent.ts'

/** Says which of the outbox's five cases an error of the connector is. */
export function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  const { statusCode } = fieldsOf(error)
  return typeof statusCode === 'number' ? fromAnswer(statusCode, error) : fromSilence(error)
}

/** Without a token nothing was sent. An app that the login service does not know is locked out until somebody fixes that. */
export function asTokenError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  const { errorCode, errorMessage } = fieldsOf(error)
  const code = typeof errorCode === 'string' ? errorCode : reasonOf(error)
  const isRefusal = REFUSED_LOGINS.has(code) || /AADSTS(7000\d+|90002|50034|5001\d)/.test(String(errorMessage ?? ''))
  return new DeliveryError(isRefusal ? 'platform' : 'busy', `Teams gives no token: ${code.slice(0, 100)}`)
}

/** Whether Teams asks to try again. After a 5xx the message may have arrived already: only answers are repeated then. */
export function mayPass({ message }: DeliveryError): boolean {
  return /^Teams answered (412|429|502|503|504)\b/.test(message)
}

/** The few fields of an error that a log may hold. */
export function faultOf(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error }
  return { error: error.name, reason: error.message.slice(0, 300) }
}

const REFUSED_LOGINS = new Set(['invalid_client', 'unauthorized_client', 'invalid_request', 'invalid_grant'])

/** By the code in the answer's body, where it says more than the status. */
const FAULTS: Readonly<Partial<Record<DeliveryFault, string>>> = {
  platform: 'BotDisabledByAdmin BotNotRegistered Unauthorized InvalidBotApiHost',
  destination: `MessageWritesBlocked BotNotInConversationRoster ConversationBlockedByUser ConversationNotFound
    NotEnoughPermissions ForbiddenOperationException ChannelNotFound ThreadNotFound UserNotFound TeamNotFound
    MemberNotFoundInConversation Gone`,
  // the person who deleted the message did not close its channel: only this one edit is lost
  payload: `BadSyntax MessageSizeTooBig ActivityNotFoundInConversation ActivityNotFound MessageNotFound
    InvalidActivity InvalidCard`,
  busy: 'PreconditionFailed ConversationThrottled RateLimitExceeded TooManyRequests ServiceUnavailable',
}

const FAULT_BY_CODE = new Map(
  Object.entries(FAULTS).flatMap(([fault, codes]) => codes.split(/\s+/).map(code => [code, fault as DeliveryFault])),
)

/** Whether an error with this reason means that nothing at all can be sent. */
export function isLockedOut(reason: string): boolean {
  const code = /^Teams answered \d+ (\w+)/.exec(reason)?.[1] ?? ''
  return FAULT_BY_CODE.get(code) === 'platform' || /^Teams (gives no token|answered 401)/.test(reason)
}

function fromAnswer(status: number, error: unknown): DeliveryError {
  const { code, message } = saidIn(error)
  const reason = `Teams answered ${status}${code === '' ? '' : ` ${code}`}${message === '' ? '' : `: ${message}`}`
  const fault = status === 401 || status === 429 || status >= 500 ? undefined : FAULT_BY_CODE.get(code)
  const wait = status === 401 || status === 403 || status === 404 ? undefined : retryAfterOf(error)
  return new DeliveryError(fault ?? faultOfStatus(status, message), reason.slice(0, 300), wait)
}

function faultOfStatus(status: number, message: string): DeliveryFault {
  switch (status) {
    case 401:
      return 'platform'
    case 403:
    case 404:
    case 410:
      return 'destination'
    case 400:
      return /conversation|channel|thread|member|tenant/i.test(message) ? 'destination' : 'payload'
    case 413:
    case 415:
    case 422:
      return 'payload'
    case 412:
    case 429:
      return 'busy'
    default:
      // any other refusal is worth another try before giving up; a server error may have come after the post
      return status >= 500 ? 'unknown' : 'busy'
  }
}

function fromSilence(error: unknown): DeliveryError {
  const reason = reasonOf(error)
  return new DeliveryError(wasNeverSent(reason) ? 'busy' : 'unknown', `Teams was not reached: ${reason}`)
}

/** The body says it as `{ error: { code, message } }`; the library keeps it in several places, or only as text. */
function saidIn(error: unknown): { readonly code: string; readonly message: string } {
  const { response, details } = fieldsOf(error)
  for (const body of [parsed(fieldsOf(response).bodyAsText), details]) {
    const said = fieldsOf(fieldsOf(body).error)
    if (typeof said.code === 'string') return { code: said.code, message: oneLineOf(said.message) }
  }
  return { code: '', message: '' }
}

function oneLineOf(text: unknown): string {
  return typeof text === 'string' ? text.replace(/\s+/g, ' ').slice(0, 200) : ''
}

/** In seconds; a date is left to our own waits. */
function retryAfterOf(error: unknown): number | undefined {
  const headers = fieldsOf(fieldsOf(error).response).headers as { get?: (name: string) => unknown } | undefined
  const seconds = headers?.get?.('retry-after')
  return typeof seconds === 'string' && /^\d+$/.test(seconds) ? Number(seconds) * 1000 : undefined
}

function reasonOf(error: unknown): string {
  const { code, name, cause } = fieldsOf(error)
  if (typeof code === 'string' && code !== 'REQUEST_SEND_ERROR') return code
  return cause === undefined ? String(name ?? 'no reason given') : reasonOf(cause)
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
