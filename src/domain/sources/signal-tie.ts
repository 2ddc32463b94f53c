/** The ids that Rounds itself gives to rows without one: `~2`, `~3`, ... */
const NUMBERED = /^~[1-9]\d*$/

/**
 * Of what was observed at one instant the greatest id is the newest, as text; those that Rounds gave go by their number:
 * `~10` after `~9`, both between what sorts before `~` and what sorts after all that begins with it. Of equal ranks the
 * text decides.
 */
export function rankOfId(id: string): number {
  if (NUMBERED.test(id)) return Number(id.slice(1))
  return id < '\u007f' ? 0 : Number.MAX_VALUE
}
