import type { Person } from '../../domain/people/person.ts'

export const OWNERS = ['ana@example.com', 'ben@example.com', 'chidi@example.com'] as const

/** The team of the demo: who owns accounts, who is asked next, who runs the bot, who only looks. */
export const PEOPLE: readonly Person[] = [
  { email: OWNERS[0], name: 'Ana Fuchs', role: 'csm', manager: 'dora@example.com', timeZone: 'Europe/Berlin' },
  { email: OWNERS[1], name: 'Ben Marlow', role: 'csm', manager: 'dora@example.com', timeZone: 'Europe/London' },
  { email: OWNERS[2], name: 'Chidi Obi', role: 'csm', manager: 'dora@example.com', timeZone: 'America/New_York' },
  { email: 'dora@example.com', name: 'Dora Lind', role: 'csm', timeZone: 'Europe/Berlin' },
  { email: 'ops@example.com', name: 'Edo Prins', role: 'admin', timeZone: 'Europe/Amsterdam' },
  { email: 'fay@example.com', name: 'Fay Nandi', role: 'viewer', timeZone: 'Europe/Paris' },
]
