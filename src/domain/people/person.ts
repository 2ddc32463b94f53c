/** Somebody on our side. */
export type Person = {
  /** Case-folded: how one person is known everywhere. */
  readonly email: string
  readonly name?: string
  readonly role: PersonRole
  readonly manager?: string
  readonly timeZone?: string
  /** Where they spoke to us last. */
  readonly lastPlatform?: string
}

/** Each may do what those before it may. */
export const PERSON_ROLES = ['viewer', 'csm', 'admin'] as const
export type PersonRole = (typeof PERSON_ROLES)[number]

export function foldEmail(email: string): string {
  return email.trim().toLowerCase()
}

export function isAtLeast(role: PersonRole, needed: PersonRole): boolean {
  return PERSON_ROLES.indexOf(role) >= PERSON_ROLES.indexOf(needed)
}
