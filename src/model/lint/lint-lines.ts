import { ROLES } from '../../domain/model/model.ts'
import { type Finding, finding } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'

/** The lines between bands, for everybody and for each segment. */
export function lineWarnings(file: ModelFile): Finding[] {
  return [...oneSetForAll(file), ...beyondReach(file), ...rolesThatFall(file)]
}

function oneSetForAll({ segments }: ModelFile): Finding[] {
  if (segments.some(({ bands }) => Object.keys(bands).length > 0)) return []
  const problem =
    'One set of thresholds applies to all accounts: 72 is fine for a start-up, and a warning for 200 seats.'
  return [
    finding(['segments'], problem, 'Add a segment with bands of its own, such as a stricter one for enterprises.'),
  ]
}

/** A verdict rises only at the line plus the margin, and no score is above 100. */
function beyondReach({ bands, segments, settling: { margin } }: ModelFile): Finding[] {
  const own = segments.flatMap((segment, index) =>
    Object.entries(segment.bands).map(([id, from]) => ({ id, from, path: ['segments', index, 'bands', id] })),
  )
  const usual = bands.map(({ id, from }, index) => ({ id, from, path: ['bands', index, 'from'] }))
  return [...usual, ...own].flatMap(({ id, from, path }) => {
    if (from + margin <= 100 || from === 0) return []
    const problem = `No account can rise to "${id}": it begins at ${from}, the margin is ${margin}, and no score is above 100.`
    return [finding(path, problem, `Let it begin at ${100 - margin} or below, or make settling.margin smaller.`)]
  })
}

function rolesThatFall({ bands }: ModelFile): Finding[] {
  return bands.flatMap(({ id, role }, index) => {
    const below = bands[index - 1]
    if (below === undefined || ROLES.indexOf(role) >= ROLES.indexOf(below.role)) return []
    const problem = `"${id}" is above "${below.id}", and its role ${role} is worse than ${below.role}.`
    return [finding(['bands', index, 'role'], problem, 'Give higher scores the better role.')]
  })
}
