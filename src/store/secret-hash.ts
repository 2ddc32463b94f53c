import { createHash } from 'node:crypto'

/** All that the database keeps of a secret that lets somebody in. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
