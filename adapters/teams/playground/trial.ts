import type { Trial } from '../../../src/chat/platform.ts'

const PORT = '3978'
const CHANNEL = { id: '19:customer-health@thread.tacv2', name: 'customer-health' }

/**
 * Microsoft's Agents Playground plays Teams in a browser, without an account. `.m365agentsplayground.yml` holds the
 * people of the demo and this channel. Without an app id everybody is let in, so Rounds listens to this machine alone.
 */
export const trial: Trial = {
  port: PORT,
  channel: CHANNEL,
  environment: { TEAMS_DEVELOPMENT: '1' },
  invitation(port) {
    const endpoint = port === PORT ? '' : ` start -e http://127.0.0.1:${port}/api/messages -c msteams`
    return [
      `  npx @microsoft/m365agentsplayground${endpoint}\n`,
      "That is Microsoft's Agents Playground, for trying things out: it opens in the browser and needs no account.",
      `  ${CHANNEL.name}   the digest of the morning and its alerts: press Claim`,
      '  Personal Chat     write: health acme, explain acme, list at-risk, pulse acme, alerts, tasks, help',
    ]
  },
}
