import { InvalidGrantError, InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import type { OAuthServerProvider } from '@modelcontextprotocol/sdk/server/auth/provider.js'
import type { OAuthClientInformationFull, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'
import type { SignIn, TokenPair } from '../../../src/chat/tools/tool-port.ts'
import { consentPage, type Sealed } from './consent-page.ts'

/** The library decides when an assistant must sign in again; the door decides what is valid. */
export function oauthProvider(signIn: SignIn, seal: (consent: Sealed) => string): OAuthServerProvider {
  return {
    clientsStore: {
      getClient: async id => (await signIn.client(id)) as OAuthClientInformationFull | undefined,
      async registerClient(client) {
        const registered = client as OAuthClientInformationFull
        await signIn.register({ ...registered })
        return registered
      },
    },
    async authorize(client, { codeChallenge, redirectUri, state }, response) {
      const sealed = seal({
        client: client.client_id,
        challenge: codeChallenge,
        redirect: redirectUri,
        state: state ?? '',
      })
      response
        .set(HEADERS)
        .status(200)
        .send(consentPage(nameOf(client), redirectUri, sealed))
    },
    async challengeForAuthorizationCode(client, code) {
      const grant = await signIn.grant(code)
      if (grant?.client !== client.client_id) throw new InvalidGrantError('This code is no longer valid.')
      return grant.challenge
    },
    async exchangeAuthorizationCode(client, code, _verifier, redirectUri) {
      const grant = await signIn.grant(code)
      const isTheirs = redirectUri === undefined || grant?.redirect === redirectUri
      const pair = isTheirs ? await signIn.exchange(code, { id: client.client_id, name: nameOf(client) }) : undefined
      if (pair === undefined) throw new InvalidGrantError('This code is no longer valid.')
      return tokensOf(pair)
    },
    async exchangeRefreshToken(client, token) {
      const pair = await signIn.refresh(token, client.client_id)
      if (pair === undefined) throw new InvalidGrantError('This token is no longer valid: connect again.')
      return tokensOf(pair)
    },
    // the door itself looks at each token that comes to it
    verifyAccessToken: () => Promise.reject(new InvalidTokenError('Ask the door.')),
    revokeToken: (client, { token }) => signIn.revoke(token, client.client_id),
  }
}

/** No foreign page may frame or read the consent page. */
export const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'Content-Type': 'text/html; charset=utf-8',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
} as const

function nameOf({ client_name: name, client_id: id }: OAuthClientInformationFull): string {
  return (name ?? id).slice(0, 80)
}

function tokensOf({ access, refresh, lasts }: TokenPair): OAuthTokens {
  return { access_token: access, refresh_token: refresh, token_type: 'bearer', expires_in: lasts, scope: 'mcp' }
}
