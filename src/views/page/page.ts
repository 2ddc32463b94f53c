import type { Card } from '../card.ts'
import { escaped } from './markup.ts'
import { partHtml } from './part-html.ts'
import { STYLE } from './style.ts'

export type Page = {
  readonly title: string
  /** What stands in the browser's tab, and names a file that is printed. */
  readonly name?: string
  readonly badge?: Card['badge']
  readonly body: string
}

/** One page that needs nothing else, on a screen or on paper, in light or dark. */
export function pageHtml({ title, name = title, badge, body }: Page): string {
  const mark = badge === undefined ? '' : `<p class="badge ${badge.tone}">${escaped(badge.text)}</p>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(name)}</title><style>${STYLE}</style></head>
<body><main><h1 dir="auto">${escaped(title)}</h1>${mark}
${body}
</main></body></html>
`
}

/** A card as a page: all that it says, without what can be pressed. */
export function cardPage({ title, badge, parts }: Card): string {
  const [first, ...others] = parts
  const lead = first?.kind === 'text' && first.quiet !== true ? `<p class="lead">${escaped(first.text)}</p>` : undefined
  const body = (lead === undefined ? parts : others).map(part => partHtml(part)).join('\n')
  return pageHtml({ title, ...(badge !== undefined && { badge }), body: `${lead ?? ''}${body}` })
}
