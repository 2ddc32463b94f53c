import { expect, it } from 'vitest'
import { checkModel } from '../../src/model/load.ts'
import { routeNotes } from '../../src/model/route-notes.ts'
import { routesSchema } from '../../src/model/routes.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

function notesOn(rules: string, ...routes: { alerts?: string[]; to: string[] }[]) {
  const { model } = checkModel(`${SMALL_MODEL}\n${rules}`)
  if (model === undefined) throw new Error('the small model is valid')
  return routeNotes({ model, routes: routesSchema.parse({ routes }) })
}

const RULES = 'alerts: [{kind: at_risk}, {kind: pulse_divergence}]'
const NOTE = [
  "pulse_divergence alerts are confidential: they go to the account's owner, never to the channel that routes.yaml names.",
]

it('says once that what is confidential never goes to the channel that a route names', () => {
  const all = { to: ['slack:C1'] }
  const named = { alerts: ['pulse_divergence'], to: ['slack:C1'] }

  expect(notesOn(RULES, all)).toEqual(NOTE)
  expect(notesOn(RULES, named, all)).toEqual(NOTE)
})

it('says nothing where nobody could expect it', () => {
  expect(notesOn(RULES, { to: ['slack:C1', 'owner'] })).toEqual([])
  expect(notesOn(RULES, { alerts: ['at_risk'], to: ['slack:C1'] })).toEqual([])
  expect(notesOn('alerts: [{kind: at_risk}]', { to: ['slack:C1'] })).toEqual([])
  expect(notesOn(RULES)).toEqual([])
})
