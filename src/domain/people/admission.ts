/** What a platform says of somebody's place in the company; nothing where it does not tell. */
export type Standing = 'member' | 'guest' | 'outsider' | 'bot' | 'deactivated'

/** Who may look at all: everybody of the workspace, or only imported people. */
export type MayAsk = 'workspace' | 'people'

/** Why somebody is refused. */
export type Refusal = 'outsider' | 'guest' | 'bot' | 'deactivated' | 'unknown' | 'not_a_person'

/** What came in says of somebody, and what the platform says when asked: in doubt the worse of the two. */
export function worseStanding(given: Standing | undefined, asked: Standing | undefined): Standing | undefined {
  return WORST_FIRST.find(standing => standing === given || standing === asked)
}

const WORST_FIRST = ['bot', 'deactivated', 'outsider', 'guest', 'member'] as const satisfies readonly Standing[]

/**
 * Whether somebody may ask. Bots and deactivated users never may; those who do not belong, and those of whom nothing is
 * known, only when the people file names them.
 */
export function refusalOf(
  standing: Standing | undefined,
  { isNamed, mayAsk }: { readonly isNamed: boolean; readonly mayAsk: MayAsk },
): Refusal | undefined {
  if (standing === 'bot' || standing === 'deactivated') return standing
  if (isNamed) return undefined
  if (standing === undefined) return 'unknown'
  if (standing !== 'member') return standing
  return mayAsk === 'people' ? 'not_a_person' : undefined
}
