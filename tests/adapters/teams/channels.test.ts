import { expect, it } from 'vitest'
import { createChannels } from '../../../adapters/teams/connector/channels.ts'
import { DeliveryError } from '../../../src/errors.ts'

const MINUTE = 60_000

function channelsOfTeam() {
  const asked = { times: 0, isDown: false }
  const time = { now: 0 }
  const channels = createChannels({
    clock: () => time.now,
    addresses: {
      teams: async () => [{ team: 'team', channel: 'general' }],
      channel: async () => ({ serviceUrl: 'https://service.example', bot: 'bot', isChannel: true }),
    },
    transport: {
      team: async () => ({ name: 'Customer Success' }),
      async channels() {
        asked.times += 1
        if (asked.isDown) throw new DeliveryError('busy', 'it is down')
        return { conversations: [{ id: 'general', name: null }] }
      },
    },
  })
  return { asked, channels, time }
}

it('asks a team for its channels once, however many people type at once, and again a minute later', async () => {
  const { asked, channels, time } = channelsOfTeam()

  const found = await Promise.all(['cust', 'gen', 'nothing'].map(text => channels.suggest(text)))
  expect(found.map(({ length }) => length)).toEqual([1, 1, 0])
  expect(await channels.nameOf('general')).toBe('Customer Success › General')
  expect(asked.times).toBe(1)

  time.now += MINUTE
  await channels.suggest('gen')
  expect(asked.times).toBe(2)
})

it('asks again at once where a team could not be asked', async () => {
  const { asked, channels } = channelsOfTeam()
  asked.isDown = true
  await expect(channels.suggest('gen')).rejects.toThrow('it is down')

  asked.isDown = false
  expect(await channels.suggest('gen')).toHaveLength(1)
})
