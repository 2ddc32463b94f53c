import { foldSpelling } from '../../domain/accounts/name-fold.ts'

/** The address of an owner who is written as an address, with one, or by name; a name that nobody has stays as it is. */
export type OwnerFinder = (written: string) => string

export function ownerFinder(
  people: readonly { readonly email: string; readonly name?: string | null | undefined }[],
): OwnerFinder {
  const byName = new Map<string, string | undefined>()
  for (const { email, name } of people) {
    const folded = foldSpelling(name ?? '')
    // Two people of one name are nobody.
    if (folded !== '') byName.set(folded, byName.has(folded) ? undefined : email)
  }
  return written => {
    const address = /[^\s@<>"',;()]+@[^\s@<>"',;()]+/.exec(written)?.[0]
    if (address !== undefined) return address
    const folded = foldSpelling(written)
    return byName.get(folded) ?? byName.get(folded.split(' ').reverse().join(' ')) ?? written
  }
}
