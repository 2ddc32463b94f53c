import { describe, expect, it } from 'vitest'
import { platforms } from '../../../adapters/index.ts'
import { readSlackConfig } from '../../../adapters/slack/config.ts'

const token = { SLACK_BOT_TOKEN: 'xoxb-1' }

describe('the environment', () => {
  it('switches Slack off when it names nothing', () => {
    expect(readSlackConfig({})).toBeUndefined()
    expect(readSlackConfig({ SLACK_BOT_TOKEN: '', SLACK_API_URL: 'http://127.0.0.1:1/api/' })).toBeUndefined()
  })

  it('chooses Socket Mode when there is an app token, else HTTP', () => {
    expect(readSlackConfig({ ...token, SLACK_APP_TOKEN: 'a', SLACK_SIGNING_SECRET: 's' })).toEqual({
      botToken: 'xoxb-1',
      apiUrl: undefined,
      teams: [],
      signingSecret: 's',
      transport: { mode: 'socket', appToken: 'a' },
    })
    expect(readSlackConfig({ ...token, SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'http://127.0.0.1:1/api/' })).toEqual({
      botToken: 'xoxb-1',
      apiUrl: 'http://127.0.0.1:1/api/',
      teams: [],
      signingSecret: 's',
      transport: { mode: 'http', signingSecret: 's' },
    })
  })

  it('names further workspaces whose people may ask', () => {
    const env = { ...token, SLACK_APP_TOKEN: 'a' }

    expect(readSlackConfig({ ...env, ROUNDS_SLACK_TEAMS: 'T0SISTER, E0GROUP' })).toMatchObject({
      teams: ['T0SISTER', 'E0GROUP'],
    })
    expect(readSlackConfig({ ...env, ROUNDS_SLACK_TEAMS: 'sister' })).toEqual({
      problems: [expect.stringContaining('"sister"')],
    })
  })

  it.each([
    ['a token alone', token, ['SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing']],
    ['a secret alone', { SLACK_SIGNING_SECRET: 's' }, ['SLACK_BOT_TOKEN is missing']],
    ['an app token alone', { SLACK_APP_TOKEN: 'a' }, ['SLACK_BOT_TOKEN is missing']],
    [
      'an address that is none',
      { ...token, SLACK_APP_TOKEN: 'a', SLACK_API_URL: 'slack' },
      ['SLACK_API_URL must be a URL'],
    ],
  ])('with %s is told what is missing and where to find it', (_, env, problems) => {
    const read = readSlackConfig(env)

    expect(read).toEqual({ problems: problems.map(start => expect.stringMatching(new RegExp(`^${start}`))) })
  })

  it('lists Slack among the platforms, and loads its library only when asked', async () => {
    const slack = platforms.find(({ name }) => name === 'slack')

    const found = slack?.read({ ...token, SLACK_SIGNING_SECRET: 's' })

    expect(slack?.read({})).toBeUndefined()
    expect(found && 'load' in found && (await found.load())).toBeTypeOf('function')
  })
})
