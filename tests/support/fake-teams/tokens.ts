import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'

export const ISSUER = 'https://api.botframework.com'
const KEY_ID = 'fake-key-1'

export type Claims = Readonly<Record<string, string | number | undefined>>

/** What a forger may do to a token: another key, another algorithm, another claim, or claims changed after signing. */
export type TokenOptions = {
  readonly claims?: Claims
  readonly header?: Readonly<Record<string, string>>
  readonly key?: KeyObject
  readonly changedAfterSigning?: Claims
  readonly isUnsigned?: boolean
}

export type TokenMaker = ReturnType<typeof createTokenMaker>

/** Signs what the connector sends, with a key of its own, and shows the other half of the key to the person who asks. */
export function createTokenMaker(appId: string) {
  const { privateKey, publicKey } = keyPair()
  const { n, e } = publicKey.export({ format: 'jwk' })

  return {
    keys: {
      keys: [{ kty: 'RSA', use: 'sig', kid: KEY_ID, x5t: KEY_ID, n, e, endorsements: ['msteams'] }],
    },
    /** A token as the connector makes one for an activity from `serviceUrl`; undefined leaves a claim out. */
    make(serviceUrl: string, options: TokenOptions = {}): string {
      const now = Math.floor(Date.now() / 1000)
      const claims = {
        iss: ISSUER,
        aud: appId,
        nbf: now - 60,
        exp: now + 3_600,
        serviceurl: serviceUrl,
        ...options.claims,
      }
      const header = encoded({ alg: 'RS256', typ: 'JWT', kid: KEY_ID, x5t: KEY_ID, ...options.header })
      const signed = `${header}.${encoded(claims)}`
      const signature = createSign('RSA-SHA256')
        .update(signed)
        .sign(options.key ?? privateKey, 'base64url')
      const sent =
        options.changedAfterSigning === undefined
          ? signed
          : `${header}.${encoded({ ...claims, ...options.changedAfterSigning })}`
      return options.isUnsigned ? `${sent}.` : `${sent}.${signature}`
    },
    /** The public half, for tricks that take it for a shared secret. */
    publicKey,
  }
}

let kept: ReturnType<typeof newKeyPair> | undefined

/** One for all fakes of a process, for it takes a while to make. */
function keyPair() {
  kept ??= newKeyPair()
  return kept
}

function newKeyPair() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

export function otherKey(): KeyObject {
  return newKeyPair().privateKey
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
