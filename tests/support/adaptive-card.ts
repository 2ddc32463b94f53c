import { createRequire } from 'node:module'
import type { AdaptiveCard as Parsed, SerializationContext, ValidationEvent } from 'adaptivecards'

type Library = {
  readonly AdaptiveCard: new () => Parsed
  readonly SerializationContext: new (version: unknown) => SerializationContext
  readonly Versions: { readonly v1_5: unknown; readonly v1_6: unknown }
  readonly ValidationEvent: typeof ValidationEvent
}

// its main file is for bundlers; this one runs in plain Node
const library: Library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js')

export type Json = { readonly [property: string]: unknown }

/**
 * What Microsoft's own parser has to say against a card: unknown elements, wrong values, missing ids, and whatever
 * it drops without a word. Only charts are let through, which it does not know and Teams does, and only with a fallback.
 */
export function complaintsAbout(card: Json): readonly string[] {
  const looksUp = JSON.stringify(card).includes('"choices.data"')
  const context = new library.SerializationContext(looksUp ? library.Versions.v1_6 : library.Versions.v1_5)
  const parsed = new library.AdaptiveCard()
  const plain = JSON.parse(JSON.stringify(card)) as Json
  parsed.parse(plain, context)

  const events = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n))
  const found = [...events, ...parsed.validateProperties().validationEvents].map(
    ({ event, message }) => `${library.ValidationEvent[event]}: ${message}`,
  )
  const charts = elementsIn(plain).filter(isChart)
  return [
    ...found.filter(complaint => !(isAboutChart(complaint) || (looksUp && /at least one choice/.test(complaint)))),
    ...charts.filter(chart => chart.fallback === undefined).map(() => 'a chart without fallback'),
    ...droppedFrom(withoutCharts(plain), parsed.toJSON() as Json, 'card'),
  ]
}

function isChart({ type }: Json): boolean {
  return typeof type === 'string' && type.startsWith('Chart.')
}

function isAboutChart(complaint: string): boolean {
  return complaint.startsWith('UnknownElementType: Unknown element type "Chart.')
}

/** Every object that has a type, the card itself first. */
export function elementsIn(value: unknown): readonly (Json & { readonly type: string })[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([key, inner]) => (key === 'data' ? [] : elementsIn(inner)))
  return 'type' in value && typeof value.type === 'string' ? [value as Json & { type: string }, ...inside] : inside
}

/** Everything that a card shows, in order: runs of text, buttons, labels and choices. */
export function textsIn(card: unknown): readonly string[] {
  return elementsIn(card).flatMap(element => [
    ...strings(element, ['text', 'title', 'label', 'placeholder', 'value', 'errorMessage']),
    ...(Array.isArray(element.choices) ? element.choices.map(choice => String(choice.title)) : []),
  ])
}

function strings(element: Json, keys: readonly string[]): readonly string[] {
  return keys.map(key => element[key]).filter(value => typeof value === 'string')
}

function withoutCharts(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(inner => !isChart(inner as Json)).map(withoutCharts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutCharts(inner)]))
}

/** What the parser did not take over: a misspelt property, a value that it does not know. */
function droppedFrom(given: unknown, kept: unknown, path: string): readonly string[] {
  if (typeof given !== 'object' || given === null) {
    return String(given).toLowerCase() === String(kept).toLowerCase() ? [] : [`${path} came out as ${kept}`]
  }
  return Object.entries(given).flatMap(([key, inner]) => {
    if (['msteams', '$schema', 'choices.data'].includes(key)) return []
    return droppedFrom(inner, (kept as Json | undefined)?.[key], `${path}.${key}`)
  })
}

/** What a client sends when a form's only button is pressed: the button's data, and over it what the inputs hold. */
export function submittedBy(card: Json, typed: Readonly<Record<string, string>> = {}): Json {
  const [button] = card.actions as readonly { data: Json }[]
  const inputs = elementsIn(card).filter(({ type }) => type.startsWith('Input.'))
  const unknown = Object.keys(typed).filter(id => !inputs.some(input => input.id === id))
  if (button === undefined || unknown.length > 0) throw new Error(`the form has no ${[...unknown, 'button'][0]}`)
  const held = inputs.map(input => [String(input.id), typed[String(input.id)] ?? input.value])
  // through JSON, as it comes over the wire: what is undefined is not there
  return JSON.parse(JSON.stringify({ ...button.data, ...Object.fromEntries(held) }))
}
