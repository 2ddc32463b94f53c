import type { types } from '@slack/bolt'
import type { RenderedCard } from '../../adapters/slack/render-card.ts'

/** A message of the bot, under a heading; `isPrivate` when only the one who asked sees it. */
export type SlackMessage = RenderedCard & {
  readonly heading: string
  readonly time: string
  readonly isPrivate: boolean
}

/** Draws the few block types that Rounds sends, near enough to how Slack does. */
export function slackPage(messages: readonly SlackMessage[]): string {
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
<main>${messages.map(windowOf).join('')}</main>`
}

function windowOf({ heading, time, isPrivate, blocks }: SlackMessage): string {
  const only = isPrivate ? '<div class="only">Only visible to you</div>' : ''
  return `<section class="window"><h2>${heading}</h2><div class="message"><div class="avatar">R</div><div class="body">
${only}<div class="from"><b>Rounds</b><i>APP</i><span>${time}</span></div>${blocks.map(blockOf).join('')}</div></div>
</section>`
}

function blockOf(block: types.KnownBlock): string {
  switch (block.type) {
    case 'header':
      return `<h3>${block.text.text}</h3>`
    case 'section': {
      const fields = (block.fields ?? []).map(field => `<div>${textOf(field)}</div>`).join('')
      const text = block.text === undefined ? '' : `<p>${textOf(block.text)}</p>`
      const side = block.accessory?.type === 'button' ? buttonOf(block.accessory) : ''
      return `<div class="section">${text}${side}${fields === '' ? '' : `<div class="fields">${fields}</div>`}</div>`
    }
    case 'context':
      return `<div class="context">${block.elements.map(part => ('text' in part ? textOf(part) : '')).join(' ')}</div>`
    case 'actions':
      return `<div class="actions">${block.elements.map(part => (part.type === 'button' ? buttonOf(part) : '')).join('')}</div>`
    default:
      throw new Error(`The picture has no ${block.type} yet`)
  }
}

function buttonOf({ text, style }: types.Button): string {
  return `<button class="${style ?? 'plain'}">${text.text}</button>`
}

/** What is in a text object is escaped for Slack already, and so for a page. */
function textOf(text: types.TextObject): string {
  if (text.type === 'plain_text') return text.text
  return text.text.replace(/\*([^*\n]+)\*/g, '<b>$1</b>').replace(/(^|\n)_(.+)_(?=\n|$)/g, '$1<em>$2</em>')
}

const STYLE = `
* { box-sizing: border-box; margin: 0 }
body { background: #f3f1ee; font: 15px/1.46 Lato, 'Noto Color Emoji', sans-serif; color: #1d1c1d }
main { display: flex; gap: 28px; padding: 28px; align-items: stretch }
.window { flex: 1; background: #fff; border-radius: 12px; border: 1px solid #dedad5; overflow: hidden;
  box-shadow: 0 12px 32px rgb(60 40 20 / .10) }
h2 { font-size: 16px; padding: 12px 20px; border-bottom: 1px solid #e8e5e1; font-weight: 900 }
.message { display: flex; gap: 10px; padding: 16px 20px 18px }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #1f5f4a; color: #fff;
  font-weight: 900; font-size: 20px; line-height: 36px; text-align: center }
.body { flex: 1; min-width: 0 }
.from { display: flex; gap: 6px; align-items: center; line-height: 1.2 }
.from i { font: normal 700 10px/14px Lato; background: #e4e2df; color: #616061; border-radius: 2px; padding: 0 3px }
.from span { font-size: 12px; color: #616061 }
.only { font-size: 13px; color: #616061; margin: -2px 0 4px }
h3 { font-size: 18px; line-height: 1.33; margin: 8px 0 4px; font-weight: 900 }
.section { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start; margin: 8px 0 }
.section p { flex: 1; min-width: 0; white-space: pre-wrap }
.fields { width: 100%; display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; white-space: pre-wrap }
.context { font-size: 12.5px; color: #616061; margin: 8px 0 4px; white-space: pre-wrap }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px }
button { font: 700 13px/26px Lato; border-radius: 6px; border: 1px solid #c9c6c3; background: #fff; color: #1d1c1d;
  padding: 0 12px; min-width: 64px }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff }
`
