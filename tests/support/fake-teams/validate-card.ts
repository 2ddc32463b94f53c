import { createRequire } from 'node:module'
import { isThing, type Thing, thingsOf } from '../thing.ts'
import { inputsOf } from './read-card.ts'

type Event = { readonly message: string }
type Library = {
  readonly AdaptiveCard: new () => {
    parse(card: unknown, context: unknown): void
    validateProperties(): { readonly validationEvents: readonly Event[] }
  }
  readonly SerializationContext: new (version: unknown) => { eventCount: number; getEventAt(n: number): Event }
  readonly Versions: { readonly v1_5: unknown }
}

// Its ES modules cannot be loaded by Node.
const { AdaptiveCard, SerializationContext, Versions } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as Library

/** What Teams would not draw of a card, in the words of the library that draws it. */
export function checkCard(card: unknown): readonly string[] {
  if (!isThing(card) || card.type !== 'AdaptiveCard') return ['It is no Adaptive Card']
  const context = new SerializationContext(Versions.v1_5)
  const parsed = new AdaptiveCard()
  parsed.parse(card, context)
  const events = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n))
  const complaints = [...events, ...parsed.validateProperties().validationEvents].map(({ message }) => message)
  return [
    ...complaints.filter(complaint => !isKnownInTeams(complaint)),
    ...chartsWithout(card),
    ...choiceSetsWithout(card),
    ...(String(card.version) === '1.5' ? [] : [`It says version ${card.version}`]),
  ]
}

/** Teams draws charts, which must say what stands in for them elsewhere, and looks up choices. */
function isKnownInTeams(complaint: string): boolean {
  return /"Chart\.|"choices\.data"|must have at least one choice/.test(complaint)
}

function chartsWithout(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(chartsWithout)
  if (!isThing(value)) return []
  if (!String(value.type).startsWith('Chart.')) return Object.values(value).flatMap(chartsWithout)
  return value.fallback === undefined ? [`A ${value.type} without a fallback`] : []
}

function choiceSetsWithout(card: Thing): readonly string[] {
  return inputsOf(card)
    .filter(input => input.type === 'Input.ChoiceSet' && input['choices.data'] === undefined)
    .filter(input => thingsOf(input.choices).length === 0)
    .map(input => `The choices of ${input.id} are none`)
}
