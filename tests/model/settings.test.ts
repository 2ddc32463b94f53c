import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotError } from '../../src/errors.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rounds-settings-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

/** What is said of the folder; nothing when it is taken. */
function refusal(): string {
  try {
    loadSettings(folder, ['slack', 'teams'])
    return ''
  } catch (error) {
    if (!(error instanceof BotError)) throw error
    return [error.message, error.hint].join('\n')
  }
}

const digest = (changes: string) => `digests:\n  - {name: morning, schedule: "0 9 * * *", to: "slack:C1", ${changes}}\n`

describe('the settings', () => {
  it('are the default preset and no channel when there is no folder, or nothing in it', () => {
    for (const settings of [loadSettings(undefined), loadSettings(folder)]) {
      expect(settings.model.name).toBe('saas')
      expect(settings.digests).toEqual([])
      expect(settings.routes.scoring).toEqual({ schedule: '0 6 * * *', time_zone: 'UTC' })
    }
  })

  it('are what the three files say', () => {
    write('model.yaml', SMALL_MODEL)
    write('digests.yaml', digest('time_zone: Europe/Berlin, show: {arr: true}'))
    write('routes.yaml', 'admins: [Boss@Ours.example]\nscoring: {schedule: "30 4 * * *"}')

    const { model, digests, routes } = loadSettings(folder)

    expect(model.name).toBe('small')
    expect(digests).toMatchObject([{ name: 'morning', time_zone: 'Europe/Berlin', show: { arr: true } }])
    expect(routes).toMatchObject({ admins: ['boss@ours.example'], scoring: { schedule: '30 4 * * *' } })
  })
})

describe('digests.yaml is refused', () => {
  it.each([
    ['a key with a typo', digest('shedule: x'), /digests\[0\]\.shedule: .* Did you mean "schedule"\?/],
    ['a schedule that is none', digest('').replace('0 9 * * *', 'nine'), /digests\[0\]\.schedule: .*Write five fields/],
    ['a schedule of six fields', digest('').replace('0 9', '0 0 9'), /digests\[0\]\.schedule: .*Write five fields/],
    [
      'a day that never comes',
      digest('').replace('0 9 * *', '0 9 30 2'),
      /digests\[0\]\.schedule: .*never comes around/,
    ],
    [
      'a zone that is none',
      digest('time_zone: Berlin'),
      /digests\[0\]\.time_zone: "Berlin" is not a valid time zone\. Write an IANA/,
    ],
    ['nowhere to post', digest('').replace('slack:C1', 'C1'), /digests\[0\]\.to: "C1" is not a valid destination/],
    [
      'a platform that there is not',
      digest('').replace('slack:', 'pager:'),
      /digests\[0\]\.to: "pager:C1" is not a valid destination.*the platforms are slack and teams/,
    ],
    [
      'two of one name',
      digest('') + digest('').split('\n')[1],
      /digests\[1\]\.name: The name "morning" is already taken/,
    ],
    [
      'a filter on what the model lacks',
      digest('filter: {component: mood, above: 1}'),
      /filter.*There is no component "mood"/,
    ],
    ['words for what to say of nothing', digest('say_nothing: maybe'), /say_nothing: .*Write one of line, silence/],
    ['no list', 'digests: morning', /digests: .*a list/],
    ['a list at once', '- a', /\(the file\): .*no keys/],
    ['broken YAML', 'digests: [a', /line 1: /],
    ['doubled keys', 'digests: []\ndigests: []', /line 2: .*unique/],
    ['a tag', 'digests: !!js/function "x"', /line 1: .*tag/],
    ['more than 256 KB', `digests: []\n#${'x'.repeat(300_000)}`, /larger than 256 KB/],
    ['a prototype', 'digests: []\n__proto__: {admin: true}', /__proto__/],
  ])('for %s, with the place and the remedy', (_, text, expected) => {
    write('digests.yaml', text)

    const said = refusal()

    expect(said).toMatch(/^digests\.yaml is refused:\n/)
    expect(said).toMatch(expected)
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
  })
})

describe('routes.yaml is refused', () => {
  it.each([
    ['a key with a typo', 'admin: [a@b.example]', /admin: .*Did you mean "admins"\?/],
    ['an address that is none', 'admins: [boss]', /admins\[0\]: /],
    ['a scoring that never comes', 'scoring: {schedule: "0 6 31 4 *"}', /scoring\.schedule: .*once a day/],
    ['a scoring on some days', 'scoring: {schedule: "0 6 * * 1-5"}', /scoring\.schedule: .*once a day/],
    ['a scoring twice a day', 'scoring: {schedule: "0 6,18 * * *"}', /scoring\.schedule: .*once a day/],
    ['a scoring in an hour that is none', 'scoring: {schedule: "0 24 * * *"}', /scoring\.schedule: .*once a day/],
    ['an hour that is none', 'business_hours: {from: "25:00"}', /business_hours\.from: .*time of day/],
    ['a day that is none', 'business_hours: {holidays: ["2026-02-30"]}', /holidays\[0\]: .*is not a valid date/],
    [
      'a time of waiting that is none',
      'routes: [{to: [owner], escalation: [{after: soon, to: owner}]}]',
      /after: "soon" is no/,
    ],
    ['nobody to tell', 'routes: [{to: []}]', /routes\[0\]\.to: /],
    [
      'somebody whom nobody knows',
      'routes: [{to: [boss]}]',
      /to\[0\]: "boss" is not a valid destination.*Write owner, manager, or/,
    ],
    ['no day of work', 'business_hours: {days: []}', /business_hours\.days: .*Name at least one day/],
    [
      'a component that the model lacks',
      'routes:\n  - to: [owner]\n  - when: {component: suport, below: 40}\n    to: [owner]',
      /line 3, routes\[1\]\.when: There is no component "suport"\. Did you mean "support"\? Write one of activity, /,
    ],
    [
      'a measure that the model lacks, deep in a condition',
      'routes:\n  - to: [owner]\n    when:\n      any:\n        - {not: {measure: mood, below: 4}}',
      /line 5, routes\[0\]\.when\.any\[0\]\.not: There is no measure "mood"\./,
    ],
    ['a band that the model lacks', 'routes: [{to: [owner], when: {band: red}}]', /line 1, .*There is no band "red"/],
    [
      'a key of a condition with a typo',
      'routes: [{to: [owner], when: {attribut: segment, is: x}}]',
      /"attribut" is not a valid key/,
    ],
  ])('for %s, with the place and the remedy', (_, text, expected) => {
    write('routes.yaml', text)

    expect(refusal()).toMatch(/^routes\.yaml is refused:\n/)
    expect(refusal()).toMatch(expected)
  })
})

it('says of a file that cannot be read which one it is', () => {
  mkdirSync(join(folder, 'model.yaml'))

  expect(refusal()).toMatch(/model\.yaml cannot be read/)
})

it('names every problem at once', () => {
  write('digests.yaml', digest('time_zone: Berlin, say_nothing: maybe, colour: red'))

  for (const place of ['time_zone', 'say_nothing', 'colour']) expect(refusal()).toContain(`digests[0].${place}:`)
})

const shared = process.env.ROUNDS_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))
const example = join(shared, 'config-example')
if (!existsSync(example)) console.log(`Skipped: there is no ${example}; set ROUNDS_SHARED to where it is.`)

it.runIf(existsSync(example))('takes the example in which every key stands once', () => {
  const { model, digests, routes, sources } = loadSettings(example)

  expect(model.name).toBe('example')
  expect(digests.map(({ name, kind }) => [name, kind])).toEqual([
    ['morning', 'changes'],
    ['portfolio', 'portfolio'],
  ])
  expect(routes.admins).toEqual(['ops@example.com'])
  expect(routes.access.who).toBe('workspace')
  expect(sources.postgres).toHaveLength(1)
})

it('says what the ladder of a route is called now', () => {
  write('routes.yaml', 'routes: [{to: [owner], ladder: [{after: 4h, to: owner}]}]')

  expect(refusal()).toMatch(/routes\[0\]\.ladder: "ladder" is called "escalation" now\. Rename the key/)
})

it('decides who is a customer by what is known of the account alone', () => {
  write('routes.yaml', 'customers: {score: true, at_least: 10}')

  expect(refusal()).toMatch(/customers: Who is a customer cannot depend on "score"/)
})

it.each([
  ['a working day that ends at midnight', 'business_hours: {from: "09:00", to: "24:00"}'],
  ['data that is kept for three years', 'keep: {signals: 3y, scores: forever}'],
])('takes %s', (_, routes) => {
  write('routes.yaml', routes)

  expect(() => loadSettings(folder)).not.toThrow()
})
