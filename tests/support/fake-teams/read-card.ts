import { isThing, listOf, type Thing, thingsOf } from '../thing.ts'

/** A piece of text of a card, and whether the client reads markdown in it. */
type Text = { readonly text: string; readonly isMarkdown: boolean }

/** What a person reads on a card, one line for each piece of text; a word joiner has no width. */
export function cardShown(card: Thing | undefined): string {
  return textsOf(card)
    .map(({ text }) => text.replaceAll('\u2060', ''))
    .join('\n')
}

/** Mentions, links, emphasis, dates and templates that would come alive when the card is drawn. */
export function aliveIn(card: Thing | undefined): readonly string[] {
  const mentions = isThing(card?.msteams) ? thingsOf(card.msteams.entities) : []
  return [
    ...mentions.map(mention => JSON.stringify(mention)),
    ...textsOf(card).flatMap(({ text, isMarkdown }) => [
      ...aliveAnywhere(text),
      ...(isMarkdown ? (text.match(/\[[^\]]*\]\([^)]*\)|\*\*[^*]+\*\*|<at>|(?<!\w)_[^_]+_(?!\w)/g) ?? []) : []),
    ]),
  ]
}

/** What is filled in wherever it stands: dates by the client, templates by the person who expands cards. */
export function aliveAnywhere(text: string): readonly string[] {
  return text.match(/\{\{(?:DATE|TIME)\([^)]*\)\}\}|\$\{[^}]*\}/g) ?? []
}

/** Every action of a card wherever it stands, in reading order. */
export function actionsOf(value: unknown): readonly Thing[] {
  if (Array.isArray(value)) return value.flatMap(actionsOf)
  if (!isThing(value)) return []
  if (String(value.type).startsWith('Action.')) return [value, ...actionsOf(value.card)]
  return Object.entries(value).flatMap(([key, child]) => (key === 'fallback' ? [] : actionsOf(child)))
}

/** Every input of a card, in reading order. */
export function inputsOf(value: unknown): readonly Thing[] {
  if (Array.isArray(value)) return value.flatMap(inputsOf)
  if (!isThing(value)) return []
  if (String(value.type).startsWith('Input.')) return [value]
  return Object.entries(value).flatMap(([key, child]) => (key === 'fallback' ? [] : inputsOf(child)))
}

function textsOf(value: unknown): readonly Text[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (!isThing(value)) return []
  const type = String(value.type)
  if (type === 'TextBlock') return [{ text: String(value.text), isMarkdown: true }]
  if (type === 'RichTextBlock') {
    const runs = listOf(value.inlines).map(run => (isThing(run) ? String(run.text) : String(run)))
    return [{ text: runs.join(''), isMarkdown: false }]
  }
  if (type === 'FactSet') {
    const texts = thingsOf(value.facts).flatMap(({ title, value }) => [String(title), String(value)])
    return texts.map(text => ({ text, isMarkdown: true }))
  }
  if (type.startsWith('Input.')) {
    const choices = thingsOf(value.choices).map(({ title }) => String(title))
    const texts = [value.label, value.placeholder, value.value, ...choices]
    return texts.filter(text => typeof text === 'string').map(text => ({ text, isMarkdown: false }))
  }
  if (type.startsWith('Chart.')) return [{ text: String(value.title), isMarkdown: false }]
  if (type.startsWith('Action.')) {
    return [{ text: String(value.title ?? ''), isMarkdown: false }, ...textsOf(value.card)]
  }
  return Object.entries(value).flatMap(([key, child]) => (key === 'fallback' || key === 'data' ? [] : textsOf(child)))
}
