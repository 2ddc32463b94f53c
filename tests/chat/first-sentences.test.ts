import { expect, it } from 'vitest'
import { welcomeCard } from '../../src/views/admin/welcome-card.ts'
import { needRole } from '../../src/work/people/identify.ts'

it('tells a person without an e-mail address why they are a viewer', () => {
  const act = () => needRole({ name: 'Somebody', role: 'viewer', isKnown: false }, 'csm', 'claim an alert')

  expect(act).toThrow(expect.objectContaining({ hint: expect.stringContaining('I cannot see your e-mail address') }))
})

it.each([
  { digests: [], sentence: '2 of 5 things still need to be set up.' },
  { digests: ['morning'], sentence: '1 of 5 things still needs to be set up.' },
])('counts what is still to be set up: $sentence', ({ digests, sentence }) => {
  const reader = { name: 'Dana', role: 'csm' }
  const { summary } = welcomeCard({ accounts: 3, scoredAt: 0, model: 'saas', reader, digests, hasRoutes: false })

  expect(summary).toContain(sentence)
})
