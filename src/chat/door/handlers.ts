import type { Context } from '../../context.ts'
import { mayBeShared } from '../../delivery/shared-places.ts'
import type { Refusal } from '../../domain/people/admission.ts'
import { BotError } from '../../errors.ts'
import type { Place } from '../../store/destinations/shared-places.ts'
import { OTHERS_READ_ALONG, refusalCard } from '../../views/parts/refusal-card.ts'
import { noteUse } from '../../work/people/note-use.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { BUTTONS } from '../buttons.ts'
import type { FormHandler } from '../form.ts'
import { FORMS } from '../forms.ts'
import { refusalAtDoor } from '../people/admit.ts'
import type { Outcome, Press, Reply, Request, Shortcut, Submission, SubmissionReply } from '../port.ts'
import { SHORTCUTS } from '../shortcuts.ts'
import { lookAtSentFile } from '../sources/sent-file.ts'
import { understand } from '../words/understand.ts'
import { guarded } from './guarded.ts'
import { inPlace } from './in-place.ts'
import { aside, canBeAlone, sendAside, sendMasked } from './keep-private.ts'
import { withChange } from './with-change.ts'

export async function handleAsk(context: Context, request: Request): Promise<Reply> {
  const reply = await guarded(context, async () => {
    const refusal = await refusalAtDoor(context, request.actor, 'ask')
    if (refusal !== undefined) return refused(refusal, canBeAlone(context, request) ? 'caller' : 'channel')
    // Concurrently: each round trip to a server costs time.
    const noted = noteUse(context, request.actor)
    return answered(context, request).finally(() => noted)
  })
  return sendAside(context, request, reply)
}

/** A personal answer, or one in a place where outsiders read along, is only for the person who asked. */
async function answered(context: Context, request: Request): Promise<Reply> {
  const [file] = request.files ?? []
  if (file !== undefined && request.isPrivate) return lookAtSentFile(context, request, file)
  const { command, rest, isPersonal } = await understand(context, request.text)
  const whole = () => command(context, { ...request, isPrivate: true }, rest)
  if (request.isPrivate) return whole()
  if (isPersonal) return aside(await whole())
  if (request.isShared || (await mayBeShared(context, placeOf(request)))) return aside(await whole(), OTHERS_READ_ALONG)
  return sendMasked(context, request, await command(context, request, rest), whole)
}

/** Bots are not talked to, lest they talk back forever. */
export function refused(refusal: Refusal, audience: 'caller' | 'channel' = 'caller'): Reply {
  return refusal === 'bot' ? { kind: 'nothing' } : { kind: 'card', card: refusalCard(refusal), audience }
}

export async function handlePress(context: Context, press: Press): Promise<Outcome<Reply>> {
  const refusal = await refusalAtDoor(context, press.actor, `press ${press.action}`)
  if (refusal !== undefined) return refused(refusal)
  const button = entryOf<ButtonHandler>(BUTTONS, press.action)
  if (button === undefined) throw new BotError('no_button', 'This button no longer works.', 'See /health help.')
  const { isOnOwnMessage, shows } = press
  const acted = await withChange(context, press, () => button(context, press))
  const reply = await inPlace(context, { ...press, shows: isOnOwnMessage ? shows : undefined }, acted)
  if (press.isPrivate || reply.kind !== 'card' || reply.audience === 'caller') return reply
  return (await mayBeShared(context, placeOf(press))) ? aside(reply, OTHERS_READ_ALONG) : reply
}

export async function handleSubmission(context: Context, submission: Submission): Promise<Outcome<SubmissionReply>> {
  const refusal = await refusalAtDoor(context, submission.actor, `form ${submission.form}`)
  if (refusal !== undefined) return { kind: 'card', card: refusalCard(refusal) }
  const submit = entryOf<FormHandler>(FORMS, submission.form)
  if (submit === undefined) throw new BotError('no_form', 'This form is no longer available.', 'Open it again.')
  const { isFromOwnMessage, shows, origin } = submission
  const reply = await withChange(context, submission, () => submit(context, submission))
  const asked = { ...submission, channel: origin?.channel ?? '', shows: isFromOwnMessage ? shows : undefined }
  return inPlace(context, asked, reply)
}

export async function handleShortcut(context: Context, shortcut: Shortcut): Promise<Reply> {
  const refusal = await refusalAtDoor(context, shortcut.actor, `shortcut ${shortcut.name}`)
  if (refusal !== undefined) return refused(refusal)
  const entry = SHORTCUTS.find(({ name }) => name === shortcut.name)
  if (entry === undefined) throw new BotError('no_shortcut', 'This no longer works.', 'See /health help.')
  return entry.choose(context, shortcut)
}

/** Names come from outside: `constructor` is not one. */
function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function placeOf({ actor: { platform }, channel }: Pick<Request, 'actor' | 'channel'>): Place {
  return { platform, channel }
}
