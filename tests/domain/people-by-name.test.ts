import { expect, it } from 'vitest'
import { peopleByName } from '../../src/domain/people/people-by-name.ts'

const people = [
  { email: 'zoe@ours.example', name: 'Zoë Müller', role: 'csm' as const },
  { email: 'soren@ours.example', name: 'Søren Łukasz', role: 'csm' as const },
  { email: 'nameless@ours.example', role: 'csm' as const },
]

const found = (text: string) => peopleByName(people, text).map(({ person }) => person.email)

it.each([
  ['zoe', 'zoe@ours.example'],
  ['mueller', 'zoe@ours.example'],
  ['Müller, Zoë', 'zoe@ours.example'],
  ['soeren lukasz', 'soren@ours.example'],
  ['lukazs', 'soren@ours.example'],
  ['nameless@ours.example', 'nameless@ours.example'],
])('finds somebody first by %s', (text, email) => {
  expect(found(text)[0]).toBe(email)
})

it('names everybody once, and nobody for nothing', () => {
  expect(found('ours')).toHaveLength(3)
  expect(found(' ')).toEqual([])
})
