import { z } from 'zod'
import type { Reply, Request } from '../chat.ts'
import type { Condition } from '../domain/condition.ts'
import { BotError } from '../errors.ts'
import { type Digest, digestsSchema } from '../model/digests.ts'
import { findingsOf } from '../model/finding.ts'
import { allow } from '../operations/allow.ts'
import { identify } from '../operations/identify.ts'
import { knownDigests } from '../operations/known-digests.ts'
import { saveDigest } from '../operations/save-digest.ts'
import { parseDestination } from '../store/outbox.ts'
import { noticeCard } from '../views/answer-cards.ts'
import { digestForm } from '../views/digest-form.ts'
import type { FormHandler } from './form-handler.ts'

/** Travels with the form: the name of the digest that is changed; absent for a new one. */
const stateSchema = z.object({ edited: z.string().optional() })

const text = z.string().trim().default('')
const valuesSchema = z.object({
  name: text,
  schedule: text,
  time_zone: text,
  to: text,
  segments: text,
  kind: z.string().default('changes'),
  arr: z.string().default('no'),
})

export function openDigestForm(request: Request, edited: Digest | undefined, name: string): Reply {
  if (!request.canOpenForm) {
    throw new BotError('no_form_here', 'No form can be opened here.', 'Use the slash command /health digest.')
  }
  const segments = segmentsOf(edited?.filter)
  if (segments === undefined) {
    throw new BotError('own_filter', 'Its filter is more than segments.', 'Change it in digests.yaml.')
  }
  const to = `${request.actor.platform}:${request.channel}`
  const fresh = { name, schedule: '0 9 * * 1-5', time_zone: 'UTC', to, kind: 'changes', show: { arr: false } } as const
  const state = JSON.stringify({ edited: edited?.name })
  return { kind: 'form', form: digestForm(edited ?? fresh, segments, state) }
}

/** As the form writes them; undefined for a filter that it cannot write. */
function segmentsOf(filter: Condition | undefined): string | undefined {
  if (filter === undefined) return ''
  if (!('subject' in filter) || filter.heldFor !== undefined) return undefined
  const { subject, comparison } = filter
  const isSegment = subject.of === 'attribute' && subject.name === 'segment'
  return isSegment && (comparison.by === 'is' || comparison.by === 'one_of') ? comparison.texts.join(', ') : undefined
}

export const digest: FormHandler = {
  id: 'digest',
  async submit(context, { actor, state, values }) {
    const caller = await identify(context, actor)
    const { name, segments, arr, ...written } = valuesSchema.parse(values)
    await allow(context, caller, 'digest.change', `digest:${name}`)
    const { edited } = stateSchema.parse(JSON.parse(state))
    const wanted = segments.split(',').flatMap(segment => segment.trim() || [])
    const filter = wanted.length === 0 ? {} : { filter: { attribute: 'segment', one_of: wanted } }
    const definition = { name, ...written, ...filter, show: { arr: arr === 'yes' } }
    const parsed = digestsSchema.safeParse({ digests: [definition] })
    if (!parsed.success) return { kind: 'errors', errors: errorsOf(parsed.error) }
    const known = knownDigests(context.connection, context.settings())
    if (edited !== undefined && name !== edited) {
      return { kind: 'errors', errors: { name: `It stays ${edited}: make a new one for another name.` } }
    }
    if (edited === undefined && known.some(({ digest }) => digest.name === name)) {
      return {
        kind: 'errors',
        errors: { name: `The name "${name}" is taken: /health digest edit ${name} changes it.` },
      }
    }
    const { platform } = parseDestination(definition.to)
    if (!context.chats.has(platform)) {
      return { kind: 'errors', errors: { to: `${platform} is not connected. Name a channel of another platform.` } }
    }
    await saveDigest(context, caller, name, JSON.stringify(definition))
    const sentence = `${name} goes to ${definition.to}: ${definition.schedule} in ${definition.time_zone}.`
    return { kind: 'card', card: noticeCard('Saved', sentence, 'Invite me to that channel, if I am not in it yet.') }
  },
}

function errorsOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(
    findingsOf(error, []).map(({ path, problem, remedy }) => [
      path.replace(/^digests\[0\]\./, '').replace(/^filter.*/, 'segments'),
      `${problem} ${remedy}`,
    ]),
  )
}
