import { join } from 'node:path'
import { renderCard as slackCard } from '../../adapters/slack/render/render-card.ts'
import { renderCard as teamsCard } from '../../adapters/teams/render/render-card.ts'
import type { Card } from '../../src/views/card.ts'
import type { Shot } from '../browser.ts'
import type { Exhibits } from '../exhibits.ts'
import type { PageParts } from '../page.ts'
import { slackHtml } from '../slack-html.ts'

/** The cards that people see most. */
const MOST_SEEN = [
  'an alert',
  'a morning',
  'a task for you',
  'pulses wait',
  'acme',
  'mine',
  'home',
  'list',
  'alerts',
  'tasks',
  'digest now morning',
  'explain acme',
  'timeline acme',
  'help',
]

export const GOLDEN_FOLDER = join(import.meta.dirname, '../../tests/gallery/golden')

/** Small: what counts is the layout, and the pictures are kept in the repository. */
export const GOLDEN_SHOT: Shot = { width: 1_000, scale: 0.6, mostHeight: 900 }

/** What each picture shows, by its name. */
export function goldenCards({ cards }: Exhibits): readonly (readonly [string, Card])[] {
  return MOST_SEEN.flatMap(name => {
    const exhibit = cards.find(card => card.name === name)
    if (exhibit === undefined) throw new Error(`The gallery has no card ${name}`)
    const file = name.replaceAll(' ', '-')
    return [
      ...(exhibit.usual === undefined ? [] : [[`${file}.usual`, exhibit.usual] as const]),
      ...(exhibit.worst === undefined ? [] : [[`${file}.worst`, exhibit.worst] as const]),
    ]
  })
}

/** The first message in Slack and in Teams, side by side. */
export function goldenPage(card: Card, { style, script, library }: PageParts): string {
  const source = JSON.stringify(teamsCard(card)).replaceAll('<', '\\u003c')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A card</title><style>${style}
body { font-family: Lato, 'Noto Color Emoji', sans-serif }
main { margin: 0; padding: 12px; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 12px; align-items: start }
</style><main><div class="slack"><div class="message">${slackHtml(slackCard(card).blocks)}</div></div>
<div class="teams"><div class="message"><script type="application/json" class="card">${source}</script></div></div></main>
<script>${library}</script><script>${script}</script></html>`
}
