import * as z from 'zod'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { alertStandsCard } from '../../views/alerts/alert-answer.ts'
import { findAlertFor, whoIs } from '../../work/alerts/change-alert.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { type FormParts, form, type Subject } from '../form.ts'

/** Which alert a form is about, and who held it when the form was opened. */
const state = z.object({ alert: z.string(), held: z.string().optional() })

type Parts<Values> = Pick<
  FormParts<z.infer<typeof state>, Values, AlertDetails>,
  'id' | 'act' | 'values' | 'fields' | 'submit'
> & {
  /** The states in which it is too late: the answer says what the alert's state is. */
  readonly endsWith: readonly AlertDetails['state'][]
}

/** A button whose value is an alert's id and which opens a form before it acts. */
export function alertForm<Values>({ endsWith, ...parts }: Parts<Values>) {
  const { open, submit } = form({
    ...parts,
    state,
    closed: 'Use /health alerts.',
    subject: async ({ connection }, { caller, state: { alert }, now }) =>
      subjectOf(await findAlertFor(connection.db, caller, alert, now)),
  })
  const press: ButtonHandler = async (context, { actor, value, canOpenForm }) => {
    const caller = await identify(context, actor)
    const now = context.clock()
    const alert = await findAlertFor(context.connection.db, caller, value, now)
    return open(context, canOpenForm, {
      caller,
      subject: subjectOf(alert),
      about: alert,
      state: { alert: value, held: alert.claimedBy },
      instead: endsWith.includes(alert.state) ? alertStandsCard(alert, whoIs(caller), now) : undefined,
    })
  }
  return { press, submit }
}

function subjectOf({ id, account }: AlertDetails): Subject {
  return { subject: id, account: account.id }
}
