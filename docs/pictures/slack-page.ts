import type { RenderedCard } from '../../adapters/slack/render/render-card.ts'
import { slackHtml } from '../../gallery/slack-html.ts'

/** A message of the bot, under a heading; `isPrivate` when only the one who asked sees it. */
export type SlackMessage = RenderedCard & {
  readonly heading: string
  readonly time: string
  readonly isPrivate: boolean
}

/** Messages in windows, as the gallery draws them, dressed as Slack is. */
export function slackPage(messages: readonly SlackMessage[]): string {
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
<main>${messages.map(windowOf).join('')}</main>`
}

function windowOf({ heading, time, isPrivate, blocks }: SlackMessage): string {
  const only = isPrivate ? '<div class="only">Only visible to you</div>' : ''
  return `<section class="window"><h2>${heading}</h2><div class="message"><div class="avatar">R</div><div class="body">
${only}<div class="from"><b>Rounds</b><i>APP</i><span>${time}</span></div>${slackHtml(blocks)}</div></div>
</section>`
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
h4 { font-size: 18px; line-height: 1.33; margin: 8px 0 4px; font-weight: 900 }
.section { display: flex; gap: 12px; align-items: flex-start; margin: 8px 0 }
.section > div { flex: 1; min-width: 0 }
.fields { width: 100%; display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px }
.quiet { font-size: 12.5px; color: #616061; margin: 8px 0 4px }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px }
button { font: 700 13px/26px Lato; border-radius: 6px; border: 1px solid #c9c6c3; background: #fff; color: #1d1c1d;
  padding: 0 12px; min-width: 64px }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff }
`
