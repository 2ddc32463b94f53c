import { isThing, listOf, type Thing } from './validate-objects.ts'

/** What a person reads in blocks, one line for each piece of text, with Slack's three escapes undone. */
export function textShown(blocks: unknown): string {
  return wordsIn(blocks).join('\n')
}

/** Cells of tables, their captions, and the words of charts hold no escapes: they stand there as they are. */
function wordsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn)
  if (!isThing(value)) return []
  if (value.type === 'raw_text' || value.type === 'raw_number') return [String(value.text)]
  if (value.type === 'data_table') return [String(value.caption), ...wordsIn(value.rows)]
  if (value.type === 'data_visualization') return [String(value.title), ...namesIn(value.chart)]
  const text = textOf(value)
  return text === undefined ? Object.values(value).flatMap(wordsIn) : [decoded(text)]
}

function namesIn(chart: unknown): readonly string[] {
  const series = isThing(chart) ? listOf(chart.series).filter(isThing) : []
  return series.map(({ name }) => String(name))
}

function textOf({ type, text }: Thing): string | undefined {
  return (type === 'plain_text' || type === 'mrkdwn') && typeof text === 'string' ? text : undefined
}

export function characters(blocks: unknown): number {
  return textsIn(blocks).reduce((sum, text) => sum + String(text.text).length, 0)
}

export function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/** Everybody whom a message would page: `<!channel>`, `<@U1>` and the like in anything that Slack reads as mrkdwn. */
export function pagedBy(args: Thing): readonly string[] {
  const mrkdwn = [
    String(args.text ?? ''),
    ...textsIn(args.blocks)
      .filter(text => text.type === 'mrkdwn')
      .map(text => String(text.text)),
  ]
  const live = mrkdwn.flatMap(text => text.match(/<(?:!(?:channel|here|everyone|subteam\b)|@[A-Z0-9])[^>]*>/g) ?? [])
  const linksNames = args.parse === 'full' || String(args.link_names) === 'true' || String(args.link_names) === '1'
  return linksNames ? [...live, ...mrkdwn.flatMap(text => text.match(/@(?:channel|here|everyone)\b/g) ?? [])] : live
}

/** Every text object anywhere in blocks, in reading order. */
function textsIn(value: unknown): readonly Thing[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (!isThing(value)) return []
  if (textOf(value) !== undefined) return [value]
  return Object.values(value).flatMap(textsIn)
}
