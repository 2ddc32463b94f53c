import { titleOf } from '../../domain/accounts/title.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Item } from '../card.ts'
import { measureName } from '../scoring/evidence.ts'
import { restsOn } from './rests-on.ts'
import type { Section } from './section.ts'

/** What to ask, in the model's own words, and what the model needs and does not know. */
export const questionParts: Section = (model, { questions, evidence }, { timeZone }) => {
  const { asks, unread, missing } = questions
  const items: Item[] = [
    ...[...groupedBy(asks, ({ component }) => component.label)].map(([label, of]) => ({
      lead: label,
      text: of.map(({ question }) => question).join(' '),
    })),
    ...unread.map(({ measure, reading }) => ({
      lead: 'Not known',
      text: measureName(model, measure),
      note: restsOn(measure, reading, evidence.get(measure.id), timeZone),
    })),
    ...missing.map(name => ({
      lead: 'Not known',
      text: titleOf(name),
      note: `The model asks about the attribute ${name}, and the account has none`,
    })),
  ]
  const none: Item = { text: 'The model has no question to ask, and no data is missing.' }
  return [{ kind: 'list', heading: 'Open questions', items: items.length === 0 ? [none] : items }]
}
