import { parse, stringify } from 'yaml'
import { parseInstant } from '../../src/domain/time/time-text.ts'
import { lintWarnings } from '../../src/model/lint/lint.ts'
import type { LintFacts } from '../../src/model/lint/lint-facts.ts'
import { checkModel } from '../../src/model/load.ts'
import type { Finding } from '../../src/model/schema/finding.ts'

/** The morning on which tests look at models: three weeks after the review of the sound one. */
export const LOOKED_AT = parseInstant('2026-11-21T06:00') ?? 0

/** A small model with nothing to say against it. */
export const SOUND_MODEL = `
name: sound
healthy_means: Seats are used, and they like it.
reviewed_on: 2026-11-01
components:
  - id: usage
    weight: 60
    kind: behavioural
    tags: [leading, value]
    measures: [{id: seat_use, metric: active_users, take: latest, over: 60d, per: {metric: seats}, scale: {0: 0, 1: 100}}]
  - id: voice
    weight: 40
    kind: declared
    tags: [lagging, value]
    measures: [{id: nps, metric: nps, take: latest, over: 180d, scale: {-100: 0, 100: 100}}]
bands:
  - {id: at_risk, role: at_risk, from: 0}
  - {id: attention, role: attention, from: 40}
  - {id: healthy, role: healthy, from: 70}
segments:
  - {id: enterprise, when: {attribute: segment, is: enterprise}, bands: {healthy: 80}, owner_role: csm}
caps:
  - {when: {attribute: sponsor, is: left}, at_most: 50, because: The sponsor left}
expansion: {when: {score: true, at_least: 80}}
alerts: [{kind: at_risk}, {kind: expansion_ready}]
playbooks:
  - {id: recovery, on: {alert: at_risk}, tasks: [{title: Call, role: csm, due: 1bd}]}
  - {id: check-in, on: {between: [40, 69]}, tasks: [{title: Check in, role: csm, due: 5bd}]}
  - {id: leave, on: {above: 69}, no_action: They are well.}
`

/** A model as the tests change it: plain data of which anything may be missing or wrong. */
export type Loose = { [key: string | number]: Loose }

/** The sound model with one change, as the text of a file. */
export function changed(change: (model: Loose) => void = () => {}): string {
  const model: Loose = parse(SOUND_MODEL)
  change(model)
  return stringify(model)
}

export function errorsOf(text: string): readonly Finding[] {
  return checkModel(text).errors
}

export function warningsOf(text: string, facts?: LintFacts, now = LOOKED_AT): readonly Finding[] {
  const checked = checkModel(text)
  if (checked.model === undefined) throw new Error(JSON.stringify(checked.errors))
  return lintWarnings(checked.file, now, facts)
}
