import { renderCard as slackCard } from '../adapters/slack/render/render-card.ts'
import { renderForm as slackForm } from '../adapters/slack/render/render-form.ts'
import { splitCard as slackPieces } from '../adapters/slack/render/split-card.ts'
import { renderCard as teamsCard } from '../adapters/teams/render/render-card.ts'
import { renderForm as teamsForm } from '../adapters/teams/render/render-form.ts'
import { splitCard as teamsPieces } from '../adapters/teams/render/split-card.ts'
import { renderCard as terminalCard } from '../adapters/terminal/render-card.ts'
import { wideLines } from '../adapters/terminal/wide-lines.ts'
import type { Card } from '../src/views/card.ts'
import type { Form } from '../src/views/form.ts'
import { escapeHtml } from './escape-html.ts'
import type { Exhibit, Exhibits } from './exhibits.ts'
import { slackHtml, slackModalHtml } from './slack-html.ts'

/** What the page needs to stand alone: its style, its script and the library that draws Adaptive Cards. */
export type PageParts = { readonly style: string; readonly script: string; readonly library: string }

/** The whole gallery as one HTML page. */
export function page({ cards, forms }: Exhibits, { style, script, library }: PageParts): string {
  const names = [...cards, ...forms].map(({ name }) => `<a href="#${anchor(name)}">${escapeHtml(name)}</a>`)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Rounds: every card and form</title>
<style>${style}</style>
<nav>${names.join('')}</nav>
<main>
<h1>${cards.length} cards</h1>
${cards.map(exhibit => exhibitHtml(exhibit, cardColumns)).join('\n')}
<h1>${forms.length} forms</h1>
${forms.map(exhibit => exhibitHtml(exhibit, formColumns)).join('\n')}
</main>
<script>${library}</script>
<script>${script}</script>
</html>
`
}

function exhibitHtml<T>({ name, usual, worst }: Exhibit<T>, columns: (shown: T) => readonly string[]): string {
  const rows = Object.entries({ usual, worst }).flatMap(([portfolio, shown]) =>
    shown === undefined ? [] : [`<div class="columns ${portfolio}">${columns(shown).join('\n')}</div>`],
  )
  return `<section id="${anchor(name)}"><h2>${escapeHtml(name)}</h2>\n${rows.join('\n')}\n</section>`
}

function cardColumns(card: Card): readonly string[] {
  return [
    column(
      'slack',
      slackPieces(card).map(piece => slackHtml(slackCard(piece).blocks)),
    ),
    column(
      'teams',
      teamsPieces(card).map(piece => adaptive(teamsCard(piece))),
    ),
    column('terminal', [
      `<pre>${escapeHtml(terminalCard(card, { columns: 80, colors: false, lines: wideLines }))}</pre>`,
    ]),
  ]
}

function formColumns(form: Form): readonly string[] {
  return [
    column('slack', [slackModalHtml(slackForm(form))]),
    column('teams', [adaptive(teamsForm(form, { inDialog: true, typeahead: true }))]),
  ]
}

/** The first message as it stands; those that go on in its thread are folded away. */
function column(platform: string, [first = '', ...others]: readonly string[]): string {
  const more = others.map(message => `<div class="message">${message}</div>`).join('')
  const thread =
    others.length === 0 ? '' : `<details><summary>${others.length} more in its thread</summary>${more}</details>`
  return `<div class="${platform}"><div class="message">${first}</div>${thread}</div>`
}

/** Drawn by the page's script. */
function adaptive(card: object): string {
  return `<script type="application/json" class="card">${JSON.stringify(card).replaceAll('<', '\\u003c')}</script>`
}

function anchor(name: string): string {
  return name.replace(/[^a-z0-9]+/gi, '-')
}
