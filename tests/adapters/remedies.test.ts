import { describe, expect, it } from 'vitest'
import { asDeliveryError as slackError } from '../../adapters/slack/outbound/errors.ts'
import { slack } from '../../adapters/slack/platform.ts'
import { asTokenError, asDeliveryError as teamsError } from '../../adapters/teams/outbound/errors.ts'
import { teams } from '../../adapters/teams/platform.ts'

describe('a platform knows from the reason alone whether it lets nothing through', () => {
  const slackRefuses = (error: string) => slackError({ code: 'slack_webapi_platform_error', data: { error } })
  it.each([
    ...['token_revoked', 'invalid_auth', 'missing_scope', 'channel_not_found', 'ratelimited'].map(slackRefuses),
    ...[401, 403, 500].map(statusCode => slackError({ code: 'slack_webapi_http_error', statusCode })),
  ])('Slack: %s', ({ fault, message }) => {
    expect(slack.isLockedOut(message)).toBe(fault === 'platform')
  })

  const teamsRefuses = (statusCode: number, code = 'Other') =>
    teamsError({ statusCode, details: { error: { code, message: 'as said' } } })
  it.each([
    teamsRefuses(401),
    teamsRefuses(403, 'BotDisabledByAdmin'),
    teamsRefuses(403),
    teamsRefuses(500),
    asTokenError({ errorCode: 'invalid_client' }),
  ])('Teams: %s', ({ fault, message }) => {
    expect(teams.isLockedOut(message)).toBe(fault === 'platform')
  })
})

it('the words of a remedy are those of the platform, and name its variables and columns', () => {
  const [locked, channel] = [{ to: 'platform', reason: '' } as const, { to: 'channel', reason: '' } as const]
  const person = { to: 'person', email: 'ann@x.com', reason: '' } as const

  expect([locked, channel, person].map(slack.remedyFor)).toEqual([
    expect.stringContaining('SLACK_BOT_TOKEN'),
    expect.stringContaining('/invite @Rounds'),
    expect.stringMatching(/ann@x\.com.*slack_id/),
  ])
  expect([locked, channel, person].map(teams.remedyFor)).toEqual([
    expect.stringContaining('MicrosoftAppPassword'),
    expect.stringContaining('Add the app Rounds'),
    expect.stringMatching(/ann@x\.com.*teams_id/),
  ])
})
