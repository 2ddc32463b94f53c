import { describe, expect, it } from 'vitest'
import { asDeliveryError, asTokenError, faultOf } from '../../../adapters/teams/outbound/errors.ts'
import { DeliveryError } from '../../../src/errors.ts'

/** What the library throws: the status, and the body as text. */
function refused(statusCode: number, code = '', { message = 'no', retryAfter = '' } = {}) {
  const headers = new Map(retryAfter === '' ? [] : [['retry-after', retryAfter]])
  const bodyAsText = code === '' ? '<html>' : JSON.stringify({ error: { code, message } })
  return Object.assign(new Error('refused'), { name: 'RestError', statusCode, response: { headers, bodyAsText } })
}

describe('an error of the connector', () => {
  it.each([
    [401, 'Unauthorized', 'platform'],
    [403, 'MessageWritesBlocked', 'destination'],
    [403, 'BotNotInConversationRoster', 'destination'],
    [403, 'BotDisabledByAdmin', 'platform'],
    [403, '', 'destination'],
    [404, 'ConversationNotFound', 'destination'],
    [404, 'ActivityNotFoundInConversation', 'payload'],
    [404, '', 'destination'],
    [400, 'BadSyntax', 'payload'],
    [413, 'MessageSizeTooBig', 'payload'],
    [412, 'PreconditionFailed', 'busy'],
    [429, '', 'busy'],
    [502, '', 'unknown'],
    [503, '', 'unknown'],
    [504, '', 'unknown'],
    [500, '', 'unknown'],
    [307, '', 'busy'],
    [418, '', 'busy'],
  ] as const)('with %s %s is a case of %s', (status, code, fault) => {
    expect(asDeliveryError(refused(status, code))).toMatchObject({ fault, retryAfter: undefined })
  })

  it('takes a conversation that cannot be for a place that is gone', () => {
    const error = refused(400, 'BadArgument', { message: 'Bad format of conversation ID' })

    expect(asDeliveryError(error)).toMatchObject({ fault: 'destination' })
  })

  it('waits as long as it is told to', () => {
    expect(asDeliveryError(refused(429, '', { retryAfter: '7' })).retryAfter).toBe(7_000)
    expect(
      asDeliveryError(refused(429, '', { retryAfter: 'Sun, 22 Nov 2026 00:00:00 GMT' })).retryAfter,
    ).toBeUndefined()
  })

  it.each([
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'busy'],
    [Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 'busy'],
    [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'unknown'],
    [Object.assign(new Error('x'), { name: 'AbortError' }), 'unknown'],
    [new Error('x', { cause: Object.assign(new Error('y'), { code: 'ECONNREFUSED' }) }), 'busy'],
    ['nonsense', 'unknown'],
  ] as const)('without an answer (%s) is posted for certain only when it was sent', (error, fault) => {
    expect(asDeliveryError(error).fault).toBe(fault)
  })

  it('keeps one that was judged before', () => {
    const error = new DeliveryError('payload', 'x')

    expect(asDeliveryError(error)).toBe(error)
    expect(asTokenError(error)).toBe(error)
  })

  it('leaves nothing of a request in the log', () => {
    expect(faultOf(Object.assign(refused(403), { request: { headers: 'Bearer s3cret' } }))).toEqual({
      error: 'RestError',
      reason: 'refused',
    })
    expect(faultOf('s3cret')).toEqual({ error: 'string' })
  })
})

describe('an error of the login service', () => {
  it.each([
    [{ errorCode: 'invalid_client', errorMessage: 'AADSTS7000215: Invalid client secret' }, 'platform'],
    [{ errorCode: 'x', errorMessage: 'AADSTS90002: Tenant not found' }, 'platform'],
    [{ errorCode: 'network_error', errorMessage: 'ECONNRESET' }, 'busy'],
    [{ code: 'ENOTFOUND' }, 'busy'],
  ] as const)('%j stops everything only when it is a refusal', (error, fault) => {
    expect(asTokenError(Object.assign(new Error('x'), error)).fault).toBe(fault)
  })
})
