import { z } from 'zod'
import type { Context } from '../../context.ts'
import { lookWhetherShared } from '../../delivery/shared-places.ts'
import { SHARED } from '../../domain/admin/shared-place.ts'
import { DeliveryError } from '../../errors.ts'
import { type Digest, readDigest, writtenDigest } from '../../model/digests.ts'
import { readDestination } from '../../model/schema/destination.ts'
import type { Finding } from '../../model/schema/finding.ts'
import { readManagedDigests } from '../../store/digests/managed-digests.ts'
import { OWN_CHANNEL } from '../../views/admin/broken-destination-card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { type KnownDigest, knownDigests } from '../../work/digests/known-digests.ts'
import { saveDigest } from '../../work/digests/save-digest.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import type { FormHandler } from '../form-handler.ts'
import { remedyOn } from '../platform.ts'
import { segmentFilter } from './digest-segments.ts'

/** Travels with the form: the name of the digest that is changed; absent for a new one. */
const stateSchema = z.object({ edited: z.string().optional() })

const text = z.string().trim().default('')
const valuesSchema = z.object({
  name: text,
  schedule: text,
  time_zone: text,
  to: text,
  /** Absent where the filter is more than segments: then it stays as it is. */
  segments: z.string().optional(),
  say_nothing: z.string().default('line'),
  kind: z.string().default('changes'),
  arr: z.string().default('no'),
})

export const digest: FormHandler = {
  id: 'digest',
  async submit(context, { actor, state, values }) {
    const caller = await identify(context, actor)
    const { name, segments, arr, ...plain } = valuesSchema.parse(values)
    await allow(context, caller, 'digest.change', `digest:${name}`)
    const { edited } = stateSchema.parse(JSON.parse(state))
    const settings = context.settings
    const before = knownDigests(await readManagedDigests(context.connection.db), settings).find(
      ({ digest }) => digest.name === (edited ?? name),
    )
    const misnamed = nameFault(name, edited, before)
    if (misnamed !== undefined) return { kind: 'errors', errors: { name: misnamed } }

    const { filter: kept, ...stays } = before === undefined ? {} : writtenDigest(before.digest)
    const filter = segments === undefined ? kept : segmentFilter(segments)
    const written = { ...stays, name, ...plain, ...(filter !== undefined && { filter }), show: { arr: arr === 'yes' } }
    const read = readDigest(written, settings.model)
    if ('findings' in read) return { kind: 'errors', errors: errorsOf(read.findings) }
    const way = await lookAtChannel(context, read.digest)
    if (way.fault !== undefined) return { kind: 'errors', errors: { to: way.fault } }

    const isNew = await saveDigest(context, caller, before, writtenDigest(read.digest))
    const { to, schedule, time_zone } = read.digest
    const rests = before?.isPaused ? ` It is paused: /health digest resume ${name}.` : ''
    const sentence = `${name} goes to ${to}: ${schedule} in ${time_zone}.${rests}`
    return { kind: 'card', card: noticeCard(isNew ? 'Saved' : 'Nothing changed', sentence, way.hint) }
  },
}

function nameFault(name: string, edited: string | undefined, before: KnownDigest | undefined): string | undefined {
  if (edited === undefined) {
    return before && `The name "${name}" is taken: /health digest edit ${name} changes it.`
  }
  if (name !== edited) return `It keeps the name ${edited}: create a new one for another name.`
  return before ? undefined : `There is no longer a digest ${edited}: /health digest create ${edited} creates it.`
}

/** Asked before anything is kept: a digest that nobody can ever get is refused where it can still be mended. */
async function lookAtChannel(context: Context, { to }: Digest): Promise<{ fault?: string; hint?: string }> {
  const { chats, platforms, log } = context
  const place = readDestination(to)
  const { platform, channel, person } = place
  const chat = chats.get(platform)
  if (chat === undefined) return { fault: `${platform} is not connected. Name a channel of another platform.` }
  try {
    await chat.probe(place)
    const isShared = channel !== undefined && (await lookWhetherShared(context, { platform, channel }))
    return isShared ? { fault: `I cannot post to ${to}: ${SHARED}. ${OWN_CHANNEL}` } : {}
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    if (error.fault !== 'destination') {
      log.warn({ to, reason: error.message }, 'could not check a channel')
      return { hint: 'I could not check whether I can post there: invite me if I am not in it yet.' }
    }
    if (person !== undefined) return { fault: `I cannot find ${person}. Is the address right?` }
    const remedy = remedyOn(platforms, platform, { to: 'channel', reason: error.message })
    return { fault: `I cannot post to ${to}: ${error.message}. ${remedy} Or name another channel, by its ID.` }
  }
}

function errorsOf(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(
    findings.map(({ path, problem, remedy }) => [path.replace(/^filter.*/, 'segments'), `${problem} ${remedy}`]),
  )
}
