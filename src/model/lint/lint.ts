import type { Instant } from '../../domain/time/instant.ts'
import type { Finding } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'
import { actionWarnings } from './lint-actions.ts'
import { balanceWarnings } from './lint-balance.ts'
import { circularInputs } from './lint-circles.ts'
import { conditionErrors } from './lint-conditions.ts'
import type { LintFacts } from './lint-facts.ts'
import { historyWarnings } from './lint-history.ts'
import { lineWarnings } from './lint-lines.ts'
import { overflowErrors } from './lint-overflow.ts'
import { reviewWarnings } from './lint-review.ts'
import { structureErrors } from './lint-structure.ts'

/** What is wrong with a model whose form is right: each finding with its path, the reason and the remedy. */
export function lintErrors(file: ModelFile): Finding[] {
  return [...structureErrors(file), ...overflowErrors(file), ...conditionErrors(file), ...circularInputs(file)]
}

/** What the literature would advise against in a valid model; `facts` are those of a database, if there is one. */
export function lintWarnings(file: ModelFile, now: Instant, facts?: LintFacts): Finding[] {
  return [
    ...balanceWarnings(file, facts),
    ...lineWarnings(file),
    ...actionWarnings(file),
    ...reviewWarnings(file, now, facts),
    ...(facts === undefined ? [] : historyWarnings(file, facts)),
  ]
}
