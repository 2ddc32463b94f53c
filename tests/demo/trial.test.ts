import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { trial } from '../../adapters/teams/playground/trial.ts'
import { PEOPLE } from '../../src/demo/crowd/people.ts'
import { demoPortfolio } from '../../src/demo/portfolio.ts'

const playground = parse(readFileSync(new URL('../../.m365agentsplayground.yml', import.meta.url), 'utf8'))

it('the people of the Playground are those of the demo; the one who looks at it owns Acme', () => {
  const people = [playground.currentUser, ...playground.users]

  const inOrder = (all: readonly { name?: string; email: string }[]) =>
    all.map(({ name, email }) => [email, name]).toSorted()

  expect(inOrder(people)).toEqual(inOrder(PEOPLE))
  expect(people.map(({ givenName, surname }) => `${givenName} ${surname}`)).toEqual(people.map(({ name }) => name))
  const { accounts } = demoPortfolio({ seed: 1, endsOn: '2026-11-20' })
  const acme = accounts.find(({ id }) => id === 'acme')
  expect(acme?.attributes.get('owner')?.at(-1)?.value).toBe(playground.currentUser.email)
  for (const key of ['id', 'aadObjectId']) expect(new Set(people.map(person => person[key])).size).toBe(people.length)
})

it('the demo posts to the one channel that the Playground has beside General', () => {
  expect(playground.team.channels).toEqual([trial.channel])
})

it('has the form that the Playground takes without a word and ends over otherwise', () => {
  expect([playground.version, playground.users.length, playground.team.channels.length]).toEqual(['0.1.1', 5, 1])
  for (const person of [playground.currentUser, ...playground.users]) {
    expect(person.aadObjectId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    // Spelt so by the Playground.
    expect(person.userPrincipleName).toBe(person.email)
  }
})
