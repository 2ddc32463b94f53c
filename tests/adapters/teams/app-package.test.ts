import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest'
import { unzipSync } from 'fflate'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../../adapters/teams/appPackage/manifest.json' with { type: 'json' }
import slackManifest from '../../../manifest.json' with { type: 'json' }
import { SHORTCUTS } from '../../../src/chat/shortcuts.ts'
import { VOCABULARY } from '../../../src/chat/words/vocabulary.ts'
import { readPng } from './read-png.ts'

const FOLDER = fileURLToPath(new URL('../../../adapters/teams/appPackage/', import.meta.url))
const BOT = '0d3e0000-0000-4000-8000-000000000002'
const APP = '0d3e0000-0000-4000-8000-00000000000a'

const place = mkdtempSync(join(tmpdir(), 'rounds-package-'))
const file = join(place, 'rounds.zip')
beforeEach(() => rmSync(file, { force: true }))
afterAll(() => rmSync(place, { recursive: true, force: true }))

/** As `npm run teams:package` does, in a folder and with an environment of its own. */
function pack(words: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ exit: number; stdout: string; stderr: string }>(resolve => {
    const options = { cwd: place, env: { PATH: process.env.PATH ?? '', ...env } }
    const child = execFile(process.execPath, [join(FOLDER, 'pack.mjs'), ...words], options, (_, stdout, stderr) =>
      resolve({ exit: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

const filesOf = (path: string) => unzipSync(new Uint8Array(readFileSync(path)))
const manifestOf = (path: string) => JSON.parse(new TextDecoder().decode(filesOf(path)['manifest.json']))

describe('npm run teams:package', () => {
  it('makes a file with the manifest and both icons, which the schema of Teams takes', async () => {
    const said = await pack(
      [file, '--domain', 'rounds.acme.test', '--company', 'Acme', '--website', 'https://acme.test'],
      {
        MicrosoftAppId: BOT,
        TEAMS_APP_ID: APP,
      },
    )

    expect(said).toMatchObject({ exit: 0, stderr: '' })
    expect(said.stdout).toContain(`${file} is ready: version 0.1.0 for the bot ${BOT}.`)
    expect(Object.keys(filesOf(file)).toSorted()).toEqual(['color.png', 'manifest.json', 'outline.png'])
    const made = manifestOf(file)
    expect(made).toMatchObject({
      id: APP,
      bots: [{ botId: BOT }],
      composeExtensions: [{ botId: BOT }],
      validDomains: ['rounds.acme.test'],
      developer: { name: 'Acme', websiteUrl: 'https://acme.test' },
    })
    expect(JSON.stringify(made)).not.toContain('${{')
    expect(await AppManifestUtils.validateAgainstSchema(made as TeamsManifest)).toEqual([])
  })

  it('needs nothing but the ID of the bot, and takes it from .env too', async () => {
    writeFileSync(join(place, '.env'), `MicrosoftAppId=${BOT}\n`)
    const said = await pack([])
    rmSync(join(place, '.env'))

    expect(said.exit).toBe(0)
    expect(said.stdout).toContain('set yours with --website')
    expect(manifestOf(join(place, 'rounds-teams.zip'))).toMatchObject({ id: BOT, validDomains: [] })
  })

  it.each([
    ['no ID', [], 'MicrosoftAppId is missing: copy the Application (client) ID'],
    ['an ID that is none', ['--app-id', 'rounds'], 'MicrosoftAppId is "rounds", which is not a valid GUID'],
    [
      'another ID that is none',
      ['--app-id', BOT, '--teams-app-id', 'x'],
      'TEAMS_APP_ID is "x", which is not a valid GUID.',
    ],
    ['an address for a host', ['--app-id', BOT, '--domain', 'https://acme.test/x'], 'is not a valid host'],
    ['a path for a CRM', ['--app-id', BOT, '--crm-domain', 'app.hubspot.com/contacts'], 'is not a valid host'],
    ['a page without https', ['--app-id', BOT, '--website', 'http://acme.test'], 'is not the address of a page'],
    ['a long name', ['--app-id', BOT, '--company', 'x'.repeat(33)], 'longer than the 32 characters'],
    ['a version of two numbers', ['--app-id', BOT, '--version', '1.0'], '"1.0" is not a valid version'],
    ['an unknown option', ['--ap-id', BOT], "Unknown option '--ap-id'"],
  ])('refuses %s in words, and writes nothing', async (_, words, sentence) => {
    const said = await pack([file, ...words])

    expect([said.exit, said.stdout]).toEqual([1, ''])
    expect(said.stderr).toContain(sentence)
    expect(said.stderr).not.toMatch(/^\s+at /m)
    expect(existsSync(file)).toBe(false)
  })

  it('names the domain whose links unfold, and none unless it is told one', async () => {
    expect((await pack([file, '--app-id', BOT, '--crm-domain', '*.lightning.force.com'])).exit).toBe(0)
    const handlers = manifestOf(file).composeExtensions[0].messageHandlers

    expect(handlers).toEqual([{ type: 'link', value: { domains: ['*.lightning.force.com'] } }])
    expect((await pack([file, '--app-id', BOT])).exit).toBe(0)
    expect(manifestOf(file).composeExtensions[0]).not.toHaveProperty('messageHandlers')
  })

  it('says so when the file cannot be written', async () => {
    const said = await pack([join(place, 'nowhere', 'rounds.zip'), '--app-id', BOT])

    expect([said.exit, said.stdout]).toEqual([1, ''])
    expect(said.stderr).toContain('cannot be written')
  })
})

describe('the manifest', () => {
  it('offers commands that the bot understands, in the words and the order of its help', () => {
    const words = Object.keys(VOCABULARY)
    for (const { commands } of manifest.bots[0]?.commandLists ?? []) {
      const titles = commands.map(({ title }) => title)
      expect(titles).toEqual(words.filter(word => titles.includes(word)))
      for (const { title, description } of commands) {
        const { usage, does } = VOCABULARY[title as keyof typeof VOCABULARY]
        expect(usage).toMatch(new RegExp(`^/health ${title}\\b`))
        expect(description).toBe(does)
        expect(description.length).toBeLessThanOrEqual(128)
      }
      expect(titles).toContain('help')
      expect(titles.length).toBeLessThanOrEqual(12)
    }
  })

  it('lets people write to the bot alone, in teams and in group chats, with one list for each', () => {
    const [bot] = manifest.bots
    expect(bot?.scopes.toSorted()).toEqual(['groupChat', 'personal', 'team'])
    expect(bot?.commandLists.flatMap(({ scopes }) => scopes).toSorted()).toEqual(bot?.scopes.toSorted())
  })

  it('puts the entries into the menu of a message that the service knows, named as in Slack', () => {
    const commands = manifest.composeExtensions[0]?.commands ?? []
    const entries = commands.filter(({ type }) => type === 'action')
    const inSlack = slackManifest.features.shortcuts.map(({ callback_id: id, name, description }) => [
      id,
      name,
      description,
    ])

    expect(entries.map(({ id, title, description }) => [id, title, description])).toEqual(inSlack)
    expect(entries.map(({ id }) => id)).toEqual(SHORTCUTS.map(({ name }) => name))
    expect(entries.map(({ context, fetchTask }) => [context, fetchTask])).toEqual(
      entries.map(() => [['message'], true]),
    )
  })

  it('finds accounts from the box in which a message is written', () => {
    const searches = (manifest.composeExtensions[0]?.commands ?? []).filter(({ type }) => type === 'query')

    expect(searches).toHaveLength(1)
    expect(searches[0]?.context).toContain('compose')
    expect(searches[0]?.parameters).toHaveLength(1)
  })

  it('asks for the newest schema that can be checked here', () => {
    expect(manifest.$schema).toContain(`/v${manifest.manifestVersion}/`)
    expect(manifest.manifestVersion).toBe('1.30')
  })
})

describe('the icons', () => {
  it('are of the sizes that Teams asks for', () => {
    const { width, height } = readPng(readFileSync(join(FOLDER, manifest.icons.color)))
    const outline = readPng(readFileSync(join(FOLDER, manifest.icons.outline)))

    expect([width, height, outline.width, outline.height]).toEqual([192, 192, 32, 32])
  })

  it('have an outline of nothing but white on nothing', () => {
    const { pixels } = readPng(readFileSync(join(FOLDER, manifest.icons.outline)))
    const drawn = pixels.filter(([, , , alpha = 255]) => alpha > 0)

    expect(drawn.length).toBeGreaterThan(50)
    expect(drawn.length).toBeLessThan(pixels.length / 2)
    expect(new Set(drawn.map(([red, green, blue]) => `${red},${green},${blue}`))).toEqual(new Set(['255,255,255']))
  })

  it('have a colored one without holes', () => {
    const { pixels } = readPng(readFileSync(join(FOLDER, manifest.icons.color)))

    expect(pixels.every(([, , , alpha = 255]) => alpha === 255)).toBe(true)
  })
})
