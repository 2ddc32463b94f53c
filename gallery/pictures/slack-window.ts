import { renderCard, renderCardAsHome } from '../../adapters/slack/render/render-card.ts'
import type { Card } from '../../src/views/card.ts'
import { escapeHtml } from '../escape-html.ts'
import { slackHtml } from '../slack-html.ts'

/** One message of the bot in a window of its own. `only` says who sees it, if not everybody; App Home has no writer. */
export type SlackWindow = {
  readonly heading: string
  readonly messages: readonly { readonly card: Card; readonly time: string; readonly only?: string }[]
  readonly isHome?: boolean
}

/** Windows side by side, dressed as Slack is. */
export function slackPage(windows: readonly SlackWindow[], style: string): string {
  const drawn = windows.map(({ heading, messages, isHome }) => {
    const inside = messages.map(message => (isHome ? homeOf(message.card) : messageOf(message))).join('')
    return `<section class="window"><h2>${escapeHtml(heading)}</h2>${inside}</section>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rounds in Slack</title><style>${style}${STYLE}</style>
<main class="slack">${drawn.join('')}</main></html>`
}

function homeOf(card: Card): string {
  return `<div class="post"><div class="body">${slackHtml(renderCardAsHome(card).blocks as never)}</div></div>`
}

function messageOf({ card, time, only }: SlackWindow['messages'][number]): string {
  const reader = only === undefined ? '' : `<div class="only">${escapeHtml(only)}</div>`
  return `<div class="post"><div class="avatar">R</div><div class="body">${reader}<div class="from"><b>Rounds</b><i>APP</i><span>${time}</span></div>
${slackHtml(renderCard(card).blocks)}</div></div>`
}

const STYLE = `
* { box-sizing: border-box }
body { background: #f3f1ee; font: 15px/1.46 Lato, 'Noto Color Emoji', sans-serif; color: #1d1c1d }
main { margin: 0; display: flex; gap: 28px; padding: 28px; align-items: flex-start }
.window { flex: 1; min-width: 0; margin: 0; background: #fff; border-radius: 12px; border: 1px solid #dedad5; overflow: hidden;
  box-shadow: 0 12px 32px rgb(60 40 20 / .10) }
h2 { margin: 0; font-size: 16px; padding: 12px 20px; border-bottom: 1px solid #e8e5e1; font-weight: 900 }
h4 { font-size: 18px; font-weight: 900 }
.post { display: flex; gap: 10px; padding: 14px 20px }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #1f5f4a; color: #fff;
  font-weight: 900; font-size: 20px; line-height: 36px; text-align: center }
.body { flex: 1; min-width: 0 }
.from { display: flex; gap: 6px; align-items: center; line-height: 1.2 }
.from i { font: normal 700 10px/14px Lato; background: #e4e2df; color: #616061; border-radius: 2px; padding: 0 3px }
.from span, .only { font-size: 12px; color: #616061 }
`
