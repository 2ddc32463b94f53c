import { isThing, type Thing, thingsOf } from '../thing.ts'
import { actionsOf, inputsOf } from './read-card.ts'

export type Wanted = string | { readonly label?: string; readonly action?: string; readonly value?: string }
export type Values = Readonly<Record<string, string | readonly string[]>>

/** The button that a person means: by its label, or by its action or value. Throws with what there is instead. */
export function findAction(card: Thing | undefined, wanted: Wanted): Thing {
  const actions = actionsOf(card)
  const found = actions.find(action => matches(action, wanted))
  if (found !== undefined) return found
  const there = actions.map(action => `${action.title} (${nameIn(action)}, ${valueIn(action)})`).join('; ')
  throw new Error(`There is no button ${JSON.stringify(wanted)}, only: ${there || 'none'}`)
}

/** What a form carries for each input, from what a person typed or chose; the client itself refuses what is missing. */
export function inputValues(card: Thing | undefined, values: Values): Readonly<Record<string, string>> {
  const inputs = inputsOf(card)
  const known = inputs.map(({ id }) => String(id))
  const unknown = Object.keys(values).filter(id => !known.includes(id))
  if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}, only ${known.join(', ')}`)
  return Object.fromEntries(
    inputs.flatMap(input => {
      const chosen = [values[String(input.id)] ?? String(input.value ?? '')].flat()
      const text = chosen.join(',')
      if (text === '' && input.isRequired === true) throw new Error(`Teams wants a value: ${input.errorMessage}`)
      if (input.type === 'Input.Text' && text.length > Number(input.maxLength ?? text.length)) {
        throw new Error(`${input.id} is too long for its field`)
      }
      if (input.type === 'Input.ChoiceSet') checkChoices(input, text === '' ? [] : text.split(','))
      return text === '' ? [] : [[String(input.id), text]]
    }),
  )
}

/** The typeahead field of that name; throws with what there is instead. */
export function findTypeahead(card: Thing | undefined, field: string): Thing {
  const inputs = inputsOf(card)
  const data = inputs.find(({ id }) => id === field)?.['choices.data']
  if (!isThing(data)) throw new Error(`There is no typeahead ${field}, only ${inputs.map(({ id }) => id).join(', ')}`)
  return data
}

function checkChoices(input: Thing, chosen: readonly string[]): void {
  if (input['choices.data'] !== undefined) return
  const known = thingsOf(input.choices).map(({ value }) => value)
  const strange = chosen.filter(value => !known.includes(value))
  if (strange.length > 0) throw new Error(`There is no choice ${strange.join(', ')}, only ${known.join(', ')}`)
  if (chosen.length > 1 && input.isMultiSelect !== true) throw new Error(`${input.id} takes one choice`)
}

function matches(action: Thing, wanted: Wanted): boolean {
  if (typeof wanted === 'string') return action.title === wanted || nameIn(action) === wanted
  return (
    (wanted.label ?? action.title) === action.title &&
    (wanted.action ?? nameIn(action)) === nameIn(action) &&
    (wanted.value ?? valueIn(action)) === valueIn(action)
  )
}

/** An Execute has a verb; what opens a dialog says in its data what it is. */
function nameIn({ verb, data }: Thing): unknown {
  return verb ?? (isThing(data) ? data.action : undefined)
}

function valueIn({ data }: Thing): unknown {
  return isThing(data) ? data.value : undefined
}
