import { renderCard } from '../../adapters/teams/render/render-card.ts'
import type { Card } from '../../src/views/card.ts'
import { escapeHtml } from '../escape-html.ts'
import type { PageParts } from '../page.ts'

export type TeamsWindow = { readonly heading: string; readonly card: Card }

/** Windows side by side; the page's script draws the cards with Microsoft's own library. */
export function teamsPage(windows: readonly TeamsWindow[], { style, script, library }: PageParts): string {
  const drawn = windows.map(({ heading, card }) => {
    const source = JSON.stringify(renderCard(card)).replaceAll('<', '\\u003c')
    return `<section class="window"><h2>${escapeHtml(heading)}</h2><div class="post"><script type="application/json" class="card">${source}</script></div></section>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rounds in Teams</title><style>${style}${STYLE}</style>
<main class="teams">${drawn.join('')}</main><script>${library}</script><script>${script}</script></html>`
}

const STYLE = `
* { box-sizing: border-box }
body { background: #f5f5f5 }
main { margin: 0; display: flex; gap: 24px; padding: 24px; align-items: flex-start }
.window { flex: 1; min-width: 0; margin: 0; background: #fff; border-radius: 8px; box-shadow: 0 2px 12px rgb(0 0 0 / .14) }
h2 { margin: 0; font-size: 15px; padding: 12px 16px; border-bottom: 1px solid #e6e6e6 }
.post { padding: 12px 16px }
`
