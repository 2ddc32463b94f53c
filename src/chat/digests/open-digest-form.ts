import type { Context } from '../../context.ts'
import { BotError } from '../../errors.ts'
import { type Digest, writtenDigest } from '../../model/digests.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import { digestForm } from '../../views/digests/digest-form.ts'
import type { Caller } from '../../work/people/identify.ts'
import type { Reply, Request } from '../port.ts'
import { segmentsOf } from './digest-segments.ts'

/** The form of a digest that is there, or of a new one for the channel in which it was asked for. */
export async function openDigestForm(
  { connection }: Context,
  request: Request,
  caller: Caller,
  edited: Digest | undefined,
  name: string,
): Promise<Reply> {
  if (!request.canOpenForm) {
    throw new BotError('no_form_here', 'No form can be opened here.', 'Use the slash command /health digest.')
  }
  if (edited !== undefined) {
    const { filter, ...rest } = writtenDigest(edited)
    const segments = segmentsOf(edited.filter)
    const shown = segments === undefined ? { filter: JSON.stringify(filter) } : { segments }
    return { kind: 'form', form: digestForm({ ...rest, ...shown }, JSON.stringify({ edited: edited.name })) }
  }
  const person = caller.email === undefined ? undefined : await findPersonOrNone(connection.db, caller.email)
  const fresh = {
    name,
    schedule: '0 9 * * 1-5',
    time_zone: person?.timeZone ?? 'UTC',
    to: `${request.actor.platform}:${request.channel}`,
    segments: '',
    say_nothing: 'line',
    kind: 'changes',
    show: { arr: false },
  } as const
  return { kind: 'form', form: digestForm(fresh, JSON.stringify({})) }
}
