import type { MessageRef } from '../../../src/chat/port.ts'
import type { Field, Form } from '../../../src/views/form.ts'
import { CANCEL, SUBMIT } from './button.ts'
import { CUTS, LIMITS, sizeOf } from './limits.ts'
import { type AdaptiveCard, adaptiveCard } from './render-card.ts'
import { drawError, drawField, type FieldState } from './render-field.ts'
import { clean, cut, type Element, isVisible, lines, richText, run, words } from './text.ts'

export type FormState = FieldState & {
  /** The message that the form was opened from. */
  readonly origin?: MessageRef
  /** Whether that message is there for this form alone. */
  readonly isOffer?: boolean
  /** The words that ask for the card that it was opened from. */
  readonly shows?: string
  /** In a window of its own; else inside a message. */
  readonly inDialog?: boolean
}

/** How much of a long form is kept, until it fits one message. */
const MEASURES = [
  { options: LIMITS.options, label: CUTS.label, prose: CUTS.formIntro },
  { options: LIMITS.options, label: 40, prose: 200 },
  { options: LIMITS.options, label: 20, prose: 60 },
  { options: 40, label: 20, prose: 60 },
] as const

type Measure = (typeof MEASURES)[number]

/** A form as a card. Nothing of it is kept here: the form itself travels with its button, to be drawn again when refused. */
export function renderForm(form: Form, state: FormState = {}): AdaptiveCard {
  for (const measure of MEASURES) {
    const card = drawForm(bounded(form, measure), state)
    if (sizeOf(card) <= LIMITS.card) return card
  }
  throw new RangeError(`The form ${form.id} is too large for Teams`)
}

function drawForm(form: Form, state: FormState): AdaptiveCard {
  const ids = form.fields.map(({ id }) => id)
  const general = Object.entries(state.errors ?? {}).filter(([field]) => !ids.includes(field))
  return adaptiveCard(
    [
      richText([run(form.title, CUTS.formTitle, { size: 'large', weight: 'bolder' })]),
      ...lines(form.intro ?? '').map(line => richText([run(line, CUTS.formIntro)])),
      ...general.map(([, sentence]) => drawError(sentence)),
      ...form.fields.flatMap(field => drawField(field, state)),
    ],
    [submitAction(form, state), ...(state.inDialog ? [] : [cancelAction(form, state)])],
  )
}

/** The form as it is drawn and as it travels; what its fields hold at first need not come back. */
function bounded({ id, title, intro, submit, state, fields }: Form, measure: Measure): Form {
  return {
    id,
    title: words(title, CUTS.formTitle),
    ...(intro !== undefined && isVisible(intro) && { intro: cut(clean(intro).trim(), measure.prose) }),
    submit: words(submit, LIMITS.buttonLabel),
    state,
    fields: fields.map(field => boundedField(field, measure)),
  }
}

function boundedField(field: Field, measure: Measure): Field {
  const label = words(field.label, Math.min(CUTS.fieldLabel, measure.prose))
  const hints = [field.hint ?? '', leftOut(field, measure)]
    .filter(isVisible)
    .map(hint => words(hint, Math.min(CUTS.hint, measure.prose)))
  const hint = hints.length === 0 ? {} : { hint: hints.join(' ') }
  if (field.kind !== 'choice' && field.kind !== 'choices') return { ...field, label, ...hint }
  const options = field.options.slice(0, measure.options).map(option => ({
    value: option.value,
    label: words(option.label, measure.label),
  }))
  return { ...field, label, options, ...hint }
}

function leftOut(field: Field, { options }: Measure): string {
  const count = 'options' in field ? field.options.length : 0
  return count > options ? `Only the first ${options} of ${count} are shown.` : ''
}

function submitAction(form: Form, { origin, isOffer, shows, inDialog }: FormState): Element {
  const fields = form.fields.map(field => ('initial' in field ? { ...field, initial: undefined } : field))
  const data = {
    form: { ...form, fields },
    ...(origin === undefined ? {} : { origin }),
    ...(isOffer && { isOffer }),
    ...(shows !== undefined && { shows }),
  }
  const common = { title: form.submit, style: 'positive', data }
  return inDialog ? { type: 'Action.Submit', ...common } : { type: 'Action.Execute', verb: SUBMIT, ...common }
}

/** A dialog can be closed; a form inside a card needs a way out. */
function cancelAction({ title }: Form, { origin, shows }: FormState): Element {
  const data = { title, ...(shows !== undefined && { shows }), ...(origin === undefined && { isOwn: true }) }
  // what was typed is not asked for
  return { type: 'Action.Execute', verb: CANCEL, title: 'Cancel', data, associatedInputs: 'none' }
}
