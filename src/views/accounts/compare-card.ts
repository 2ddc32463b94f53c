import { groupedBy } from '../../domain/grouped.ts'
import type { BandOpinion } from '../../domain/model/compare-bands.ts'
import type { Role } from '../../domain/model/model.ts'
import type { Badge, Card, Item, Part, Tone } from '../card.ts'

const TONES: Readonly<Record<Role, Tone>> = { at_risk: 'bad', attention: 'warn', healthy: 'good' }

/**
 * What other bands say of the same score. `own` is what the model in use says; undefined without a score. `told` is what
 * people are told, where that is not the band of the score.
 */
export function compareCard(
  account: { readonly id: string; readonly name: string },
  shown: number | undefined,
  own: BandOpinion | undefined,
  presets: readonly BandOpinion[],
  badge: Badge,
  announced?: string,
): Card {
  const sentence = sentenceOf(shown, own, presets, announced)
  return {
    title: `${account.name}: one score, many bands`,
    badge,
    summary: `${account.name}: ${sentence}`,
    parts: [{ kind: 'text', text: sentence }, ...lists(own, presets), { kind: 'text', quiet: true, text: SMALL_PRINT }],
    buttons: [{ label: 'Show account', action: 'show', value: account.id }],
  }
}

const SMALL_PRINT =
  'Only the bands are compared; the score comes from the model in use. `rounds model plan` shows how another model would score every account.'

/** "70 is Healthy here; of the presets, 9 say Healthy, 1 At risk, 1 Moderate." */
function sentenceOf(
  shown: number | undefined,
  own: BandOpinion | undefined,
  presets: readonly BandOpinion[],
  announced: string | undefined,
): string {
  if (shown === undefined || own === undefined) return 'It has no score yet, so there is nothing to compare.'
  const groups = [...groupedBy(presets, ({ band }) => band.label)].sort(([, a], [, b]) => b.length - a.length)
  const counts = groups.map(([label, of], index) => `${of.length} ${index === 0 ? 'say ' : ''}${label}`)
  const settled = announced === undefined ? '' : ` by the score alone (people see ${announced})`
  return `${shown} is ${own.band.label} here${settled}; of the presets, ${counts.join(', ')}.`
}

function lists(own: BandOpinion | undefined, presets: readonly BandOpinion[]): Part[] {
  if (own === undefined) return []
  return [
    { kind: 'list', heading: 'The model in use', items: [opinionItem(own)] },
    { kind: 'list', heading: 'The presets', items: presets.map(opinionItem) },
  ]
}

function opinionItem({ name, source, band, from, to }: BandOpinion): Item {
  return { tone: TONES[band.role], lead: name, text: `${band.label} (${from}-${to})`, note: source }
}
