import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { type Exhibits, exhibits } from '../../gallery/exhibits.ts'
import { page } from '../../gallery/page.ts'
import { FORMS } from '../../src/chat/forms.ts'
import { COMMAND_NAMES } from '../../src/chat/words/vocabulary.ts'
import { viewsCalled } from './views-called.ts'

const VIEWS = join(import.meta.dirname, '../../src/views')

let shown: Exhibits
let called: Set<string>
let html: string

beforeAll(async () => {
  called = await viewsCalled(async () => {
    shown = await exhibits()
  })
  html = page(shown, { style: '', script: '', library: '' })
}, 60_000)

const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name)

it('holds what every command shows, alone or with an account', () => {
  const all = names(shown.cards)

  expect(COMMAND_NAMES.filter(name => !all.includes(name) && !all.includes(`${name} acme`))).toEqual([])
})

it('holds every form', () => {
  expect(names(shown.forms).sort()).toEqual(Object.keys(FORMS).sort())
})

it('holds what every view of the product draws', () => {
  const views = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => [...readFileSync(join(VIEWS, file), 'utf8').matchAll(/^export function (\w+(?:Card|Form))\(/gm)])
    .map(([, name = '']) => name)

  expect(views.length).toBeGreaterThan(30)
  expect(views.filter(name => !called.has(name))).toEqual([])
})

it('shows everything on the usual portfolio and on the worst one', () => {
  const missing = (portfolio: 'usual' | 'worst') =>
    names([...shown.cards, ...shown.forms].filter(exhibit => exhibit[portfolio] === undefined))

  expect(missing('worst')).toEqual([])
  expect(missing('usual')).toEqual([
    'a digest of 200 accounts',
    'a portfolio of 1,000 accounts without an owner',
    '300 tasks',
    'a timeline of 150 long comments',
  ])
})

it('draws every block, and no failure', () => {
  expect(html).not.toContain('The gallery does not draw')
  expect(html).not.toContain('Something broke')
})
