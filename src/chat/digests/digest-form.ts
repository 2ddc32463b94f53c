import * as z from 'zod'
import type { Context } from '../../context.ts'
import { placeName } from '../../delivery/place-name.ts'
import { destinationName } from '../../domain/delivery/destination.ts'
import { cronOf, WEEKDAYS, weeklyOf } from '../../domain/digests/weekly-schedule.ts'
import { type Digest, readDigest, writtenDigest } from '../../model/digests.ts'
import type { Finding } from '../../model/schema/finding.ts'
import { readManagedDigests } from '../../store/digests/managed-digests.ts'
import { readSegments } from '../../store/digests/watched-segments.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import { type ShownDigest, digestForm as view } from '../../views/digests/digest-form.ts'
import { digestText, watchedText, watchesNobody } from '../../views/digests/watched-text.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { type KnownDigest, knownDigests } from '../../work/digests/known-digests.ts'
import { saveDigest } from '../../work/digests/save-digest.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import { form, wrong } from '../form.ts'
import type { Reply, Request } from '../port.ts'
import { listed, segmentFilter, segmentsOf } from './digest-segments.ts'
import { lookAtChannel } from './look-at-channel.ts'

const text = z.string().trim().max(200, 'Keep it within 200 characters.').default('')
const segment = z.string().trim().max(2_000, 'Keep it within 2,000 characters.')

export const digestForm = form({
  id: 'digest',
  act: 'digest.change',
  /** The digest to change, absent for a new one; and the channel in which the form was asked for. */
  state: z.object({ edited: z.string().optional(), here: z.string().optional() }),
  subject: (_context, { values: { name }, state: { edited } }) => subjectOf(String(name ?? edited ?? '').trim()),
  values: z.object({
    name: text,
    days: z.array(z.enum(WEEKDAYS, 'Choose days.'), 'Choose at least one day.').default([]),
    time: z
      .string('Choose a time.')
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 08:30.')
      .optional(),
    time_zone: text,
    to: text,
    segments: z.union([segment.transform(listed), z.array(segment)], 'Choose segments.').default([]),
    say_nothing: z.string().default('line'),
    kind: z.string().default('changes'),
    arr: z.string().default('no'),
  }),
  fields: (_context, shown: ShownDigest) => view(shown),
  closed: 'Use the slash command /health digest.',
  async submit(context, { actor, caller, state: { edited, here }, values, now }) {
    const { settings, connection } = context
    const { name, days, time, segments, arr, to, ...plain } = values
    const before = knownDigests(await readManagedDigests(connection.db), settings).find(
      ({ digest }) => digest.name === (edited ?? name),
    )
    const misnamed = nameFault(name, edited, before)
    if (misnamed !== undefined) return wrong('name', misnamed)

    const { filter: kept, schedule: written, ...stays } = before === undefined ? {} : writtenDigest(before.digest)
    const keepsSchedule = written !== undefined && weeklyOf(written) === undefined
    if (!keepsSchedule && days.length === 0) return wrong('days', 'Choose at least one day.')
    if (!keepsSchedule && time === undefined) return wrong('time', 'Choose a time.')
    const schedule = keepsSchedule ? written : cronOf({ days, time: time ?? '' })
    const keepsFilter = before !== undefined && segmentsOf(before.digest.filter) === undefined
    const filter = keepsFilter ? kept : segmentFilter(segments)
    const known = await readSegments(connection.db, now)
    const nobody = keepsFilter ? undefined : watchesNobody(segments, known)
    if (nobody !== undefined) return wrong('segments', nobody)

    const read = readDigest(
      {
        ...{ ...stays, name, ...plain, schedule, to: placeOf(context, actor.platform, to) },
        ...(filter !== undefined && { filter }),
        show: { arr: arr === 'yes' },
      },
      settings.model,
    )
    if ('findings' in read) return { kind: 'errors', errors: errorsOf(read.findings) }
    const way = await lookAtChannel(context, read.digest)
    if (way.fault !== undefined) return wrong('to', way.fault)

    const isNew = await saveDigest(context, caller, before, writtenDigest(read.digest))
    const rests = before?.isPaused ? ` It is paused: /health digest resume ${name}.` : ''
    const about = keepsFilter ? undefined : watchedText(segments, known)
    const { to: place } = read.digest
    const isHere = destinationName(place) === here
    const sentence = `${digestText(read.digest, isHere ? 'this channel' : await placeName(context, place), about)}${rests}`
    return { kind: 'card', card: noticeCard(isNew ? 'Saved' : 'Nothing changed', sentence, way.hint) }
  },
})

/** A picked channel is on the platform where it was picked; a typed one names its platform. */
function placeOf({ chats, platforms }: Context, platform: string, to: string): string {
  const names = [...chats.keys(), ...platforms.map(({ name }) => name)]
  return to === '' || names.some(name => to.startsWith(`${name}:`)) ? to : `${platform}:${to}`
}

/** The form for an existing digest, or for a new one in the channel in which it was asked for. */
export async function openDigest(context: Context, request: Request, name: string, edited?: Digest): Promise<Reply> {
  const caller = await identify(context, request.actor)
  const { platform } = request.actor
  const { bySegment } = await readSegments(context.connection.db, context.clock())
  const digest = edited === undefined ? await freshDigest(context, request, caller, name) : writtenForForm(edited)
  const to = edited?.to ?? { platform, channel: request.channel }
  const weekly = weeklyOf(digest.schedule)
  const about: ShownDigest = {
    ...{ ...digest, knownSegments: [...bySegment.keys()] },
    ...(weekly !== undefined && { weekly }),
    ...(to.platform === platform && to.channel !== undefined && { channel: to.channel }),
  }
  const state = { edited: edited?.name, here: destinationName({ platform, channel: request.channel }) }
  return digestForm.open(context, request.canOpenForm, { caller, subject: subjectOf(name), about, state })
}

function writtenForForm(digest: Digest) {
  const { filter, ...rest } = writtenDigest(digest)
  const segments = segmentsOf(digest.filter)
  return { ...rest, ...(segments === undefined ? { filter: JSON.stringify(filter) } : { segments }) }
}

async function freshDigest({ connection, settings }: Context, request: Request, { email }: Caller, name: string) {
  const person = email === undefined ? undefined : await findPersonOrNone(connection.db, email)
  return {
    name,
    schedule: '0 9 * * 1-5',
    time_zone: person?.timeZone ?? settings.routes.scoring.time_zone,
    to: destinationName({ platform: request.actor.platform, channel: request.channel }),
    segments: [],
    say_nothing: 'line',
    kind: 'changes',
    show: { arr: false },
  } as const
}

function subjectOf(name: string) {
  return { subject: `digest:${name}` }
}

function nameFault(name: string, edited: string | undefined, before: KnownDigest | undefined): string | undefined {
  if (edited === undefined) {
    return before && `The name "${name}" is taken: /health digest edit ${name} changes it.`
  }
  if (name !== edited) return `It keeps the name ${edited}: create a new one for another name.`
  return before ? undefined : `There is no longer a digest ${edited}: /health digest create ${edited} creates it.`
}

function errorsOf(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(
    findings.map(({ path, problem, remedy }) => [
      path.replace(/^filter.*/, 'segments').replace(/^schedule$/, 'time'),
      `${problem} ${remedy}`,
    ]),
  )
}
