import { titleOf } from '../../domain/accounts/title.ts'
import type { AttributeFact } from '../../domain/briefs/attribute-facts.ts'
import type { Brief } from '../../domain/briefs/brief.ts'
import type { Model } from '../../domain/model/model.ts'
import { numberIn } from '../../domain/number.ts'
import { CHANCE_DAYS } from '../../domain/outcomes/chance/chance.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { Item } from '../card.ts'
import { chanceSentence } from '../outcomes/chance-text.ts'
import { arrText, dayText } from '../parts/amounts.ts'
import { measureName } from '../scoring/evidence.ts'
import { plainReading } from '../scoring/plain-reading.ts'
import { restsOn } from './rests-on.ts'
import type { BriefReader, Section } from './section.ts'

/** What the account pays, when it renews, what it bought, and how payment goes; each with where that is from. */
export const moneyParts: Section = (model, brief, reader) => {
  const { money, health } = brief
  const { arr, currency, renewalOn, terms, chance } = money
  const { at } = health.now
  const amount = (text: string) => arrText(numberIn(text) ?? Number.NaN, currency)
  const items: Item[] = [
    arr === undefined ? { lead: 'ARR', text: 'Not known' } : attributeItem({ ...arr, name: 'ARR' }, reader, amount),
    renewalOn === undefined
      ? { lead: 'Renewal', text: 'Not known' }
      : attributeItem({ ...renewalOn, name: 'Renewal' }, reader, day => dayText(day, at, reader.timeZone)),
    ...terms.map(term => attributeItem(term, reader)),
    ...paymentItems(model, brief, reader),
    ...(chance === undefined ? [] : [chanceItem(chance)]),
  ]
  return [{ kind: 'list', heading: 'Money and renewal', items }]
}

/** "Plan: pro, was basic", and since when. */
export function attributeItem(
  { name, value, since, was }: AttributeFact,
  { timeZone }: BriefReader,
  shown: (value: string) => string = value => value,
): Item {
  const before = was === undefined ? '' : `, was ${shown(was)}`
  return {
    lead: titleOf(name),
    text: `${shown(value)}${before}`,
    note: `Account data, since ${dayIn(timeZone, since)}`,
  }
}

function paymentItems(model: Model, { health: { now }, evidence }: Brief, reader: BriefReader): Item[] {
  return now
    .components()
    .filter(({ component }) => component.kind === 'financial')
    .flatMap(({ measures }) => measures)
    .filter(({ measure, reading }) => measure.input.from === 'metric' && reading.value !== undefined)
    .map(({ measure, reading }) => ({
      lead: measureName(model, measure),
      text: plainReading(model, measure, reading),
      note: restsOn(measure, reading, evidence.get(measure.id), reader.timeZone),
    }))
}

function chanceItem({ outcomes, ...chance }: NonNullable<Brief['money']['chance']>): Item {
  return {
    lead: `Chance in ${CHANCE_DAYS} days`,
    text: chanceSentence(chance, outcomes),
    note: `From ${outcomes} recorded outcomes`,
  }
}
