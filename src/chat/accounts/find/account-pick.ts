import * as z from 'zod'
import { BotError } from '../../../errors.ts'
import { accountPickForm } from '../../../views/portfolio/list-forms.ts'
import type { ButtonHandler } from '../../button-handler.ts'
import type { Command } from '../../command.ts'
import { COMMANDS } from '../../commands.ts'
import { type FormHandler, outOfDate, readState, wrong } from '../../form.ts'
import { why } from '../why.ts'

/** What an account can be picked for. */
const ACTIONS = ['show', 'explain', 'what-if', 'compare', 'timeline', 'postmortem', 'audit', 'tasks', 'pulse'] as const
const travels = z.strictObject({ action: z.enum([...ACTIONS, 'why']) })
const commandFor = (action: z.infer<typeof travels>['action']): Command => (action === 'why' ? why : COMMANDS[action])

/** Opens a field in which an account is found by typing; the button's value is what to do with it. */
export const accountPick: ButtonHandler = async (_context, { value, canOpenForm }) => {
  if (!canOpenForm) throw new BotError('no_form_here', 'No form can be opened here.', 'Write /health and the name.')
  return {
    kind: 'form',
    form: { ...accountPickForm('Which account?'), id: 'account-pick', state: JSON.stringify({ action: value }) },
  }
}

/** Continues with the account that was picked. */
export const submitAccountPick: FormHandler = async (context, { actor, state, values, origin, deliveryId }) => {
  const { action } = readState(travels, state)
  const picked = z.string().trim().min(1).max(300).safeParse(values.account)
  if (!picked.success) return wrong('account', 'Choose an account.')
  const channel = origin?.channel ?? ''
  const request = { actor, text: picked.data, channel, isPrivate: true, canOpenForm: false, deliveryId }
  const reply = await commandFor(action)(context, request, picked.data)
  if (reply.kind !== 'card') throw outOfDate()
  return { kind: 'card', card: reply.card }
}
