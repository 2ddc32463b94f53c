import type { Destination } from '../../domain/delivery/destination.ts'

/** What the settings write as `platform:channel`, or as `platform:@` and an e-mail for a direct message. */
export function readDestination(text: string): Destination {
  const at = text.indexOf(':')
  const [platform, to] = [text.slice(0, at), text.slice(at + 1)]
  return to.startsWith('@') ? { platform, person: to.slice(1) } : { platform, channel: to }
}
