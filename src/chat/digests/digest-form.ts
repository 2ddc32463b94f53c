import { z } from 'zod'
import type { Context } from '../../context.ts'
import { destinationName } from '../../domain/delivery/destination.ts'
import { type Digest, readDigest, writtenDigest } from '../../model/digests.ts'
import type { Finding } from '../../model/schema/finding.ts'
import { readManagedDigests } from '../../store/digests/managed-digests.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import { type ShownDigest, digestForm as view } from '../../views/digests/digest-form.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { type KnownDigest, knownDigests } from '../../work/digests/known-digests.ts'
import { saveDigest } from '../../work/digests/save-digest.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import { form, wrong } from '../form.ts'
import type { Reply, Request } from '../port.ts'
import { segmentFilter, segmentsOf } from './digest-segments.ts'
import { lookAtChannel } from './look-at-channel.ts'

const text = z.string().trim().max(200, 'Keep it within 200 characters.').default('')

export const digestForm = form({
  id: 'digest',
  act: 'digest.change',
  /** The name of the digest that is changed; absent for a new one. */
  state: z.object({ edited: z.string().optional() }),
  subject: (_context, { values: { name }, state: { edited } }) => subjectOf(String(name ?? edited ?? '').trim()),
  values: z.object({
    name: text,
    schedule: text,
    time_zone: text,
    to: text,
    /** Absent where the filter is more than segments: then it stays as it is. */
    segments: z.string().max(2_000, 'Keep it within 2,000 characters.').optional(),
    say_nothing: z.string().default('line'),
    kind: z.string().default('changes'),
    arr: z.string().default('no'),
  }),
  fields: (_context, shown: ShownDigest) => view(shown),
  closed: 'Use the slash command /health digest.',
  async submit(context, { caller, state: { edited }, values: { name, segments, arr, ...plain } }) {
    const { settings } = context
    const before = knownDigests(await readManagedDigests(context.connection.db), settings).find(
      ({ digest }) => digest.name === (edited ?? name),
    )
    const misnamed = nameFault(name, edited, before)
    if (misnamed !== undefined) return wrong('name', misnamed)

    const { filter: kept, ...stays } = before === undefined ? {} : writtenDigest(before.digest)
    const filter = segments === undefined ? kept : segmentFilter(segments)
    const written = { ...stays, name, ...plain, ...(filter !== undefined && { filter }), show: { arr: arr === 'yes' } }
    const read = readDigest(written, settings.model)
    if ('findings' in read) return { kind: 'errors', errors: errorsOf(read.findings) }
    const way = await lookAtChannel(context, read.digest)
    if (way.fault !== undefined) return wrong('to', way.fault)

    const isNew = await saveDigest(context, caller, before, writtenDigest(read.digest))
    const { to, schedule, time_zone } = read.digest
    const rests = before?.isPaused ? ` It is paused: /health digest resume ${name}.` : ''
    const sentence = `${name} goes to ${destinationName(to)}: ${schedule} in ${time_zone}.${rests}`
    return { kind: 'card', card: noticeCard(isNew ? 'Saved' : 'Nothing changed', sentence, way.hint) }
  },
})

/** The form of a digest that is there, or of a new one for the channel in which it was asked for. */
export async function openDigest(context: Context, request: Request, name: string, edited?: Digest): Promise<Reply> {
  const caller = await identify(context, request.actor)
  const about = edited === undefined ? await freshDigest(context, request, caller, name) : shownDigest(edited)
  const state = { edited: edited?.name }
  return digestForm.open(context, request.canOpenForm, { caller, subject: subjectOf(name), about, state })
}

function shownDigest(digest: Digest): ShownDigest {
  const { filter, ...rest } = writtenDigest(digest)
  const segments = segmentsOf(digest.filter)
  return { ...rest, ...(segments === undefined ? { filter: JSON.stringify(filter) } : { segments }) }
}

async function freshDigest({ connection }: Context, request: Request, { email }: Caller, name: string) {
  const person = email === undefined ? undefined : await findPersonOrNone(connection.db, email)
  return {
    name,
    schedule: '0 9 * * 1-5',
    time_zone: person?.timeZone ?? 'UTC',
    to: destinationName({ platform: request.actor.platform, channel: request.channel }),
    segments: '',
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
    findings.map(({ path, problem, remedy }) => [path.replace(/^filter.*/, 'segments'), `${problem} ${remedy}`]),
  )
}
