import * as z from 'zod'
import { type ListQuery, listWords, MOVED, parseList } from '../../domain/portfolio/list-query.ts'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import { BotError } from '../../errors.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import { listSegments } from '../../store/portfolio/filter.ts'
import { personOption } from '../../views/parts/person-field.ts'
import { ANY, listFilterForm } from '../../views/portfolio/list-forms.ts'
import { verdictWords } from '../../views/scoring/status-text.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { type FormHandler, readState, sentencesOf } from '../form.ts'
import { bandsOf, list } from './list.ts'
import { ownerMeant } from './owner-meant.ts'

const HOW = 'Write the filter: /health list at-risk owner:dana segment:enterprise renewal:90 falling.'

/** Opens the choices that narrow a list; the button's value is the words of the list that it stands on. */
export const listFilter: ButtonHandler = async (context, { actor, value, canOpenForm }) => {
  if (!canOpenForm) throw new BotError('no_form_here', 'No form can be opened here.', HOW)
  const { connection, settings } = context
  const { query } = parseList(value.replace(/^list\b/, ''), bandsOf(context))
  const owner = query.owner === undefined ? undefined : await ownerMeant(context, actor, query.owner)
  const person = owner && (await findPersonOrNone(connection.db, owner.email))
  const bands = [...settings.model.bands.map(({ id, label }) => ({ value: id, label }))]
  const view = listFilterForm(query, {
    bands: [...bands, { value: UNKNOWN, label: verdictWords(settings.model, UNKNOWN) }],
    segments: await listSegments(connection.db, context.clock()),
    owner: owner && (person === undefined ? { value: owner.email, label: owner.email } : personOption(person)),
  })
  return {
    kind: 'form',
    form: { ...view, id: 'list-filter', state: JSON.stringify({ isRetired: query.isRetired ?? false }) },
  }
}

const CHOOSE = 'Choose one of these.'
const state = z.strictObject({ isRetired: z.boolean() })
const chosen = z.string(CHOOSE).trim().max(300, CHOOSE).default(ANY)
const values = z.object({ band: chosen, owner: chosen, segment: chosen, renewal: chosen, change: chosen })

/** Shows the list that was chosen, in the place of the one that it was chosen from. */
export const submitListFilter: FormHandler = async (context, submission) => {
  const { isRetired } = readState(state, submission.state)
  const read = values.safeParse(submission.values)
  if (!read.success) return { kind: 'errors', errors: sentencesOf(read.error) }
  const { band, owner, segment, renewal, change } = read.data
  const moved = MOVED.find(one => one === change)
  const query: ListQuery = {
    ...(band !== ANY && { band }),
    ...(owner !== ANY && owner !== '' && { owner }),
    ...(segment !== ANY && { segment }),
    ...(/^\d{1,4}$/.test(renewal) && { renewal: Number(renewal) }),
    ...(moved !== undefined && { change: moved }),
    ...(isRetired && { isRetired }),
  }
  const words = listWords(query)
  const { actor, deliveryId, origin, isFromOwnMessage } = submission
  const request = {
    actor,
    text: words,
    channel: origin?.channel ?? '',
    isPrivate: true,
    canOpenForm: false,
    deliveryId,
  }
  const reply = await list(context, request, words.replace(/^list ?/, ''))
  if (reply.kind !== 'card') throw new BotError('no_list', 'There is nothing to show.', HOW)
  return { kind: 'card', card: reply.card, ...(isFromOwnMessage && { replaces: true }) }
}
