import { createHash } from 'node:crypto'

/** Of what lets somebody in the database keeps this alone. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
