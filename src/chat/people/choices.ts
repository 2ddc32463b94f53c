import * as z from 'zod'
import type { Context } from '../../context.ts'
import { type Choices, DEFAULTS, MESSAGE_KINDS, WHENS } from '../../domain/delivery/choices.ts'
import { feedAddress, maskedFeed } from '../../domain/meetings/meeting.ts'
import { SCORE_FORMATS } from '../../domain/scoring/score-format.ts'
import { BotError } from '../../errors.ts'
import { releaseHeldOf } from '../../store/delivery/held-messages.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { feedOrNone, saveFeed } from '../../store/people/calendar-feeds.ts'
import { choicesOf, saveChoices } from '../../store/people/choices.ts'
import { forgetReminder } from '../../store/people/reminders.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { type ShownChoices, choicesForm as view } from '../../views/people/choices-form.ts'
import { UNREAD } from '../../work/meetings/brief-person.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import { LAST_USED, preferPlatform, preferredPlatform } from '../../work/people/preferred-platform.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import { preferFormat, preferredFormat } from '../accounts/score-style.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { form, wrong } from '../form.ts'
import type { Actor } from '../port.ts'

const when = z.enum(WHENS, 'Choose when it comes.')
const time = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d)?$/, 'Write a time of day such as 22:00.')
  .default('')

/** What comes when, when nothing comes, and where and how: each person for themselves. */
export const choicesForm = form({
  id: 'choices',
  act: 'choice.change',
  state: z.strictObject({}),
  subject: (_context, { caller }) => subjectOf(caller),
  values: z.object({
    ...{ alerts: when, tasks: when, pulses: when, renewals: when, five: when },
    ...{ quiet_from: time, quiet_to: time },
    score: z.enum(SCORE_FORMATS, 'Choose how you see scores.').optional(),
    platform: z.string().max(50, 'Choose where I write to you.').optional(),
    calendar: z.string().trim().max(2_000, 'Write an address of at most 2,000 characters.').default(''),
  }),
  fields: (_context, shown: ShownChoices) => view(shown),
  closed: 'Write /health preferences.',
  async submit(context, { actor, caller, values, now }) {
    const { quiet_from: from, quiet_to: to, score, platform, calendar } = values
    const email = emailOf(caller)
    if ((from === '') !== (to === ''))
      return wrong(from === '' ? 'quiet_from' : 'quiet_to', 'Write both times, or none.')
    if (from !== '' && from === to)
      return wrong('quiet_to', 'Quiet hours begin and end at the same time. Choose two different times.')
    if (platform !== undefined && platform !== LAST_USED && !context.chats.has(platform)) {
      return wrong('platform', 'Choose where I write to you.')
    }
    const feed = calendar.toLowerCase() === OFF ? undefined : feedAddress(calendar)
    if (calendar !== '' && calendar.toLowerCase() !== OFF && feed === undefined) return wrong('calendar', NO_FEED)
    const quiet = from === '' ? {} : { quiet: { from, to, timeZone: await timeZoneOf(context, email) } }
    await inTransaction(context.connection.db, async db => {
      await saveChoices(db, email, { when: chosenIn(values), ...quiet })
      await releaseHeldOf(db, email, now)
      if (calendar === '') return
      await saveFeed(db, email, feed)
      await forgetReminder(db, email, UNREAD)
    })
    if (score !== undefined) await preferFormat(context, actor, score)
    if (platform !== undefined) await preferPlatform(context, actor, platform)
    context.wakeSender()
    return { kind: 'card', card: noticeCard('Saved', 'Your choices hold from now on.'), isResult: true }
  },
})

const OFF = 'off'
const NO_FEED = 'Write the secret address of your calendar, which begins with https://, or off.'

/** Only what differs from the defaults is kept. */
function chosenIn(values: Record<(typeof MESSAGE_KINDS)[number], (typeof WHENS)[number]>): Choices['when'] {
  return Object.fromEntries(
    MESSAGE_KINDS.flatMap(kind => (values[kind] === DEFAULTS[kind] ? [] : [[kind, values[kind]]])),
  )
}

export const choose: ButtonHandler = async (context, { actor, canOpenForm }) => {
  const caller = await identify(context, actor)
  const about = await shownTo(context, actor, emailOf(caller))
  return choicesForm.open(context, canOpenForm, { caller, subject: subjectOf(caller), about, state: {} })
}

async function shownTo(context: Context, actor: Actor, email: string): Promise<ShownChoices> {
  const places = [...context.chats.keys(), LAST_USED]
  const messages =
    context.chats.size < 2 ? {} : { messages: { chosen: await preferredPlatform(context, actor), places } }
  const feed = await feedOrNone(context.connection.db, email)
  return {
    choices: await choicesOf(context.connection.db, email),
    ...(feed !== undefined && { calendar: maskedFeed(feed) }),
    timeZone: await timeZoneOf(context, email),
    format: await preferredFormat(context, actor),
    ...messages,
  }
}

function emailOf({ email }: Caller): string {
  if (email !== undefined) return email
  throw new BotError(
    'no_email',
    'I cannot see your e-mail address, so I do not know which messages are yours.',
    'An admin can let me see it.',
  )
}

function subjectOf({ email, name }: Caller) {
  return { subject: `person:${email ?? name}` }
}
