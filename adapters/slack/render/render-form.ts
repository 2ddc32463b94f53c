import type { types } from '@slack/bolt'
import type { Form } from '../../../src/views/form.ts'
import { type FormOrigin, sealState } from '../inbound/form-origin.ts'
import { LIMITS } from './limits.ts'
import { renderField } from './render-field.ts'
import { oneLine, paragraphs, plain } from './text.ts'

/** A form as a modal: the field's id is the block's, the form's id the callback's, the state travels along unseen. */
export function renderForm(form: Form, from?: FormOrigin): types.ModalView {
  const state = sealState(form.state, from, LIMITS.modalState)
  if (state.length > LIMITS.modalState) throw new RangeError(`The form ${form.id} carries too much state for Slack`)
  const intro = form.intro === undefined ? [] : paragraphs(form.intro, LIMITS.section)
  return {
    type: 'modal',
    callback_id: form.id,
    private_metadata: state,
    title: plain(oneLine(form.title), LIMITS.modalTitle),
    submit: plain(oneLine(form.submit), LIMITS.modalTitle),
    close: plain('Cancel', LIMITS.modalTitle),
    blocks: [
      ...intro.map(text => ({ type: 'section', text: plain(text, LIMITS.section) }) as const),
      ...form.fields.map(renderField),
    ].slice(0, LIMITS.modalBlocks),
  }
}
