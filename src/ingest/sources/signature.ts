import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../domain/time/instant.ts'
import type { Verdict } from './source.ts'

const LEEWAY = 300_000

/** Compares in a time that says nothing about where two texts differ. */
export function isSame(expected: string, sent: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(sent)]
  return a.length === b.length && timingSafeEqual(a, b)
}

export function hmac(
  algorithm: 'sha1' | 'sha256',
  secret: string,
  parts: readonly (string | Buffer)[],
  encoding: 'hex' | 'base64',
): string {
  const made = createHmac(algorithm, secret)
  for (const part of parts) made.update(part)
  return made.digest(encoding)
}

/** A right signature counts for 5 minutes, both ways. */
export function fresh(isValid: boolean, signedAt: Instant | undefined, now: Instant): Verdict {
  if (!isValid || signedAt === undefined || Number.isNaN(signedAt)) return 'forged'
  return Math.abs(now - signedAt) <= LEEWAY ? 'valid' : 'stale'
}
