import type { Logger } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Log } from '../../../src/log.ts'
import type { SlackConfig } from '../config.ts'
import { asDeliveryError, faultOf } from '../outbound/errors.ts'

const TIMEOUT = 10_000

/**
 * One try and a timeout for each call: by default the SDK repeats a post whose answer was lost, so that it
 * appears twice, and sleeps through a rate limit. Retries are up to the outbox.
 */
export function clientOptions(config: SlackConfig, logger: Logger): WebClientOptions {
  return {
    ...(config.apiUrl === undefined ? {} : { slackApiUrl: config.apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT,
    logger,
  }
}

export type BotUser = { readonly user?: string; readonly team?: string; readonly enterprise?: string }

/** Who the bot is and whose, which also proves the token. Nothing when Slack cannot be asked now; throws when it refuses. */
export async function readBotUser(client: WebClient, log: Log): Promise<BotUser | undefined> {
  try {
    const { user_id: user, team, team_id: id, enterprise_id: enterprise } = await client.auth.test()
    log.info({ team, user }, 'slack token accepted')
    return { ...(user && { user }), ...(id && { team: id }), ...(enterprise && { enterprise }) }
  } catch (error) {
    const fault = asDeliveryError(error)
    if (fault.fault === 'platform') throw fault
    log.warn(faultOf(fault), 'slack not reached')
    return undefined
  }
}

export function createClient(config: SlackConfig, options: WebClientOptions): WebClient {
  return new WebClient(config.botToken, options)
}
