import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld } from '../support/alert-world.ts'
import { askAlone } from '../support/small-company.ts'

let world: AlertWorld

/** Acme is told to be healthy; its score has just fallen below the line, and that is not settled yet. */
beforeEach(async () => {
  world = await createAlertWorld()
  await world.has({ signals: ['acme active_users 24 2026-10-01T12:00', 'acme active_users 18 2026-11-01T20:00'] })
  await world.live('2026-11-01T21:00')
})

afterEach(() => world.close())

async function ask(words: string) {
  return askAlone(world.slack, world.dana, `/health ${words}`, world.room)
}

it('says the verdict on every card, and of the score alone what it alone would be', async () => {
  for (const words of ['acme', 'explain acme', 'acme since 7d', 'what-if acme', 'compare acme'])
    expect(await ask(words), words).toMatch(/6\d · Healthy/)

  expect(await ask('what-if acme')).toContain(
    'By the score alone it would be Needs attention; people see Healthy. Healthy begins at 70',
  )
  expect(await ask('compare acme')).toContain('is Needs attention here by the score alone (people see Healthy)')
})

it('says of a score that is better than what people are told that it is not settled', async () => {
  await world.fall('acme', '2026-11-01')
  for (const day of ['02', '03']) await world.live(`2026-11-${day}T06:00:05`)
  await world.has({ signals: ['acme active_users 40 2026-11-03T20:00', 'acme nps 100 2026-11-03T20:00'] })
  await world.live('2026-11-03T21:00')

  expect(await ask('what-if acme')).toContain(
    'already in the best band: Healthy. People still see At risk: a rise has to settle.',
  )
})

it('says of a day gone by what people were told then', async () => {
  await world.live('2026-11-02T06:00:05')
  await world.live('2026-11-03T06:00:05')

  const shown = await ask('acme --as-of 2026-11-01T20:30')

  expect(shown).toMatch(/What people saw then\W+Healthy/)
})
