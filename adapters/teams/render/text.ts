import { clean, cut, isVisible, oneLine, orDash } from '../../characters.ts'

export { clean, cut, isVisible, oneLine, paragraphs } from '../../characters.ts'

/** A piece of an Adaptive Card, as plain data. */
export type Element = { readonly type: string; readonly [property: string]: unknown }

export type Style = {
  readonly size?: 'small' | 'medium' | 'large'
  readonly weight?: 'bolder'
  readonly color?: 'good' | 'warning' | 'attention' | 'accent'
  readonly isSubtle?: true
}

/**
 * The sink for all text: a run knows no markdown and no mention, unlike a TextBlock or a FactSet. Only dates and
 * templates act in it, which `inert` prevents.
 */
export function run(text: string, max: number, style: Style = {}): Element {
  return { type: 'TextRun', text: words(text, max), ...style }
}

export function richText(inlines: readonly Element[], place: Readonly<Record<string, unknown>> = {}): Element {
  return { type: 'RichTextBlock', inlines, ...place }
}

/** One line of nothing but characters; for the few places that are no runs: buttons, labels, choices. */
export function words(text: string, max: number): string {
  return cut(orDash(inert(oneLine(text))), max)
}

/** Each visible line by itself: whether a line end shows inside a run differs between clients. */
export function lines(text: string): readonly string[] {
  return clean(text).split('\n').filter(isVisible)
}

/**
 * A word joiner has no width and parts what would otherwise be filled in: `{{DATE(…)}}` on the client, `${…}` wherever
 * cards are made from templates. The core names its commands as Slack knows them; in Teams they have no slash.
 */
export function inert(text: string): string {
  return text
    .replace(/\{(?=\{)/g, '{\u2060')
    .replace(/\$(?=\{)/g, '$\u2060')
    .replace(/(?<![^\s("'“‘*])\/(?=health(?![\w/-]))/g, '')
}

/** Whether a text would look the same if it were markdown: for the few places where clients draw it as such. */
export function isUnmarked(text: string): boolean {
  return unmarked(text) === text
}

/** Look-alikes for what markdown would act on; no escape works alike in all clients. */
export function unmarked(text: string): string {
  return text
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ˋ')
    .replaceAll('[', '［')
    .replaceAll('<', '‹')
    .replaceAll('&', '＆')
    .replaceAll('\\', '＼')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/^(\d+)([.)])(?= )/, '$1\u2060$2')
    .replace(/^([-+#>|=])/, '\u2060$1')
    .replace(/:(?=\/\/)|@|(?<=www)\./gi, '$&\u2060')
}

/** For sentences that some clients show as they are and others as markdown: nothing to be seen changes, and no link comes alive. */
export function unlinked(sentence: string): string {
  return words(sentence, 1_000)
    .replace(/\](?=\()/g, ']\u2060')
    .replace(/<(?=[a-z/])/gi, '<\u2060')
}
