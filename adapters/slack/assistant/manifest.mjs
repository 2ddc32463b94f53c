// Prints the app's manifest for a service that Slackbot reaches: npm run slack:manifest -- https://rounds.example.com
import { readFileSync } from 'node:fs'

const USAGE = 'Name the public address of Rounds: npm run --silent slack:manifest -- https://rounds.example.com'

const [address = ''] = process.argv.slice(2)
if (URL.canParse(address) && new URL(address).protocol === 'https:') {
  const manifest = JSON.parse(readFileSync(new URL('../../../manifest.json', import.meta.url), 'utf8'))
  process.stdout.write(`${JSON.stringify(withSlackbot(manifest, new URL('/mcp', address).href), null, 2)}\n`)
} else {
  process.stderr.write(`${address === '' ? '' : `"${address}" is not a valid https address. `}${USAGE}\n`)
  process.exitCode = 64
}

/** With Slackbot as a client of the assistants' door, whose requests Slack signs and says who asks in. */
function withSlackbot({ oauth_config: { scopes, ...oauth }, ...manifest }, url) {
  return {
    ...manifest,
    oauth_config: { ...oauth, scopes: { ...scopes, bot: [...scopes.bot, 'mcp:connect'].toSorted() } },
    mcp_servers: { rounds: { url, auth_type: 'slack_identity_auth' } },
  }
}
