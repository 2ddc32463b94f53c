import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openState } from '../../../adapters/slack/inbound/form-origin.ts'
import { renderForm } from '../../../adapters/slack/render/render-form.ts'
import { checkView } from '../../support/fake-slack/validate-blocks.ts'
import { anyText } from '../any-card.ts'
import { anyForm } from '../any-form.ts'

describe('whatever a form asks', () => {
  it('Slack takes it, and it brings back its state and where it was opened', () => {
    fc.assert(
      fc.property(anyForm, fc.option(anyText, { nil: undefined }), (form, shows) => {
        const from = { channel: 'C1', id: '1.2', isOwn: true, ...(shows !== undefined && { shows }) }

        const view = renderForm(form, from)

        const hasInput = view.blocks.some(({ type }) => type === 'input')
        expect(checkView(view).filter(complaint => hasInput || !complaint.includes('view/blocks'))).toEqual([])
        const back = openState(view.private_metadata ?? '')
        expect(back.state).toBe(form.state)
        if (back.from !== undefined) expect(back.from).toEqual(from)
      }),
      { numRuns: 100, interruptAfterTimeLimit: 10_000 },
    )
  })
})
