import { foldEmail, type PersonRole } from '../people/person.ts'

/** Who is looking. Without an e-mail, nobody in particular. */
export type Reader = { readonly email?: string; readonly role: PersonRole }

/** Where many read along, such as in a channel, and programs with a token of no person. */
export const EVERYBODY: Reader = { role: 'viewer' }

/** Something that may be for a few people only: a kind of alert, or one of the kinds below, about an account with this owner. */
export type Confidentiality = {
  readonly kind: string
  /** The account's present owner. */
  readonly owner?: string | undefined
  /** Who holds the alert, or has the task. */
  readonly holder?: string | undefined
  /** Who wrote it. */
  readonly writer?: string | undefined
}

/** A pulse that the data contradicts must not shame anybody, and what somebody wrote about a person is not for everybody. */
const CONFIDENTIAL: readonly string[] = ['pulse_divergence', 'pulse_note', 'comment_text']

export function isConfidential(kind: string): boolean {
  return CONFIDENTIAL.includes(kind)
}

/** The one rule: anything confidential is shown to the owner, to whoever holds or wrote it, and to admins. */
export function maySee({ email, role }: Reader, { kind, owner, holder, writer }: Confidentiality): boolean {
  if (!isConfidential(kind) || role === 'admin') return true
  if (email === undefined) return false
  return [owner, holder, writer].some(one => one !== undefined && foldEmail(one) === foldEmail(email))
}
