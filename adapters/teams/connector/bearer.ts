/**
 * Who claims to have signed a request, before anybody checks whether they did. The library would also take tokens of
 * other issuers (emulators, other bots), and for those it compares no service URL.
 */
export function claimedIssuer(authorization: string | undefined): string | undefined {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(authorization ?? '') ?? []
  if (payload === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    if (typeof claims !== 'object' || claims === null || !('iss' in claims)) return undefined
    // the library lets a token pass that names no end at all
    if (!('exp' in claims) || typeof claims.exp !== 'number') return undefined
    return typeof claims.iss === 'string' ? claims.iss : undefined
  } catch {
    return undefined
  }
}
