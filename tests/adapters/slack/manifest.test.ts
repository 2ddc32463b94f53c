import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { COMMAND, EVENTS, SCOPES, SHORTCUTS } from '../../../adapters/slack/surface.ts'
import manifest from '../../../manifest.json' with { type: 'json' }
import { SHORTCUTS as KNOWN_SHORTCUTS } from '../../../src/chat/shortcuts.ts'

const FOLDER = new URL('../../../adapters/slack/', import.meta.url)
const code = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && file !== 'surface.ts')
  .map(file => readFileSync(new URL(file, FOLDER), 'utf8'))
  .join('\n')

/** Which scope each thing we call or listen to needs; from docs.slack.dev. */
const NEEDS: Readonly<Record<string, keyof typeof SCOPES>> = {
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'chat.unfurl': 'links:write',
  'conversations.info': 'channels:read',
  'conversations.open': 'im:write',
  'files.info': 'files:read',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'canvases.create': 'canvases:write',
  'canvases.access.set': 'canvases:write',
  'canvases.delete': 'canvases:write',
  'users.info': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  onCommand: 'commands',
  "'app_mention'": 'app_mentions:read',
  "case 'message'": 'im:history',
  link_shared: 'links:read',
}

describe('the manifest', () => {
  it('asks for exactly the scopes that the adapter has a reason for', () => {
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(Object.keys(SCOPES).toSorted())
  })

  it('subscribes to exactly the events that the adapter listens to', () => {
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(Object.keys(EVENTS).toSorted())
    for (const event of Object.keys(EVENTS)) expect(code).toContain(`'${event.replace(/\..*/, '')}'`)
  })

  it('hears of links to at most five domains, as Slack allows', () => {
    const domains = manifest.features.unfurl_domains
    expect(domains.length).toBeLessThanOrEqual(5)
    for (const domain of domains) expect(domain).toMatch(/^([a-z0-9-]+\.)+[a-z]{2,}$/)
  })

  it('offers the one command', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND])
  })

  it('puts exactly the entries into the menu of a message that the service knows', () => {
    const offered = manifest.features.shortcuts.map(({ callback_id: id, name, type }) => [id, name, type])

    expect(offered).toEqual(Object.entries(SHORTCUTS).map(([id, name]) => [id, name, 'message']))
    expect(Object.keys(SHORTCUTS)).toEqual(KNOWN_SHORTCUTS.map(({ name }) => name))
    for (const { name, description } of manifest.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24)
      expect(description.length).toBeLessThanOrEqual(150)
    }
  })

  it('has a scope for every method and event in the code, and calls no method without one', () => {
    for (const [use, scope] of Object.entries(NEEDS)) {
      expect(code).toContain(use)
      expect(SCOPES).toHaveProperty([scope])
    }
    const called = [
      ...code.matchAll(/client\.((?:chat|users|conversations|reactions|files|im|canvases(?:\.access)?)\.\w+)/g),
    ].map(([, name]) => name)
    expect(called.filter(name => !(String(name) in NEEDS))).toEqual([])
  })

  it('works in Socket Mode without any address, and lets people write to the bot', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true)
    expect(JSON.stringify(manifest)).not.toMatch(/https?:/)
    expect(manifest.features.app_home).toMatchObject({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    })
    expect(manifest.settings.interactivity.is_enabled).toBe(true)
  })

  it('stays within the lengths that Slack allows', () => {
    const { name, description, long_description: long } = manifest.display_information
    expect(name.length).toBeLessThanOrEqual(35)
    expect(description.length).toBeLessThanOrEqual(140)
    // shorter ones are refused
    expect(long.length).toBeGreaterThanOrEqual(174)
  })
})

describe('the manifest with Slackbot', () => {
  const print = (...given: readonly string[]) =>
    spawnSync(process.execPath, [new URL('assistant/manifest.mjs', FOLDER).pathname, ...given], { encoding: 'utf8' })

  it('is the same, with the scope and the address that Slackbot needs', () => {
    const { status, stdout } = print('https://rounds.example.com/')
    const { mcp_servers: servers, ...printed } = JSON.parse(stdout) as typeof manifest & { mcp_servers: object }
    const { bot } = printed.oauth_config.scopes

    expect([status, servers]).toEqual([
      0,
      { rounds: { url: 'https://rounds.example.com/mcp', auth_type: 'slack_identity_auth' } },
    ])
    expect(bot.filter(scope => !(scope in SCOPES))).toEqual(['mcp:connect'])
    expect({ ...printed, oauth_config: { scopes: { bot: bot.filter(scope => scope !== 'mcp:connect') } } }).toEqual(
      manifest,
    )
  })

  it.each([[], ['http://rounds.example.com'], ['rounds.example.com']])('asks for an https address: %s', (...given) => {
    const { status, stdout, stderr } = print(...given)

    expect([status, stdout]).toEqual([64, ''])
    expect(stderr).toContain('npm run --silent slack:manifest -- https://rounds.example.com')
  })
})
