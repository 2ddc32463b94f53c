import type * as z from 'zod'
import type { Context } from '../context.ts'
import type { Act } from '../domain/people/permission.ts'
import type { Instant } from '../domain/time/instant.ts'
import { BotError } from '../errors.ts'
import type { Card } from '../views/card.ts'
import type { FormId, FormView } from '../views/form.ts'
import { allow } from '../work/people/allow.ts'
import { type Caller, identify } from '../work/people/identify.ts'
import type { Reply, Submission, SubmissionReply } from './port.ts'

/** What submitting a form does. */
export type FormHandler = (context: Context, submission: Submission) => Promise<SubmissionReply>

/** A whole interaction with a form: who may use it, its hidden state, its fields, and what it does. */
export type FormParts<State, Values, About> = {
  readonly id: FormId
  readonly act: Act
  /** The form's hidden state. */
  readonly state: z.ZodType<State>
  /** What a submission is about, if it exists and the caller may know of it. */
  subject(context: Context, asked: Submitted<State>): Subject | Promise<Subject>
  readonly values: z.ZodType<Values>
  fields(context: Context, about: About, caller: Caller): FormView | Promise<FormView>
  /** If no form can be opened: what to do instead, or a card that leads to it. */
  readonly closed: string | ((about: About) => Card)
  submit(context: Context, filled: Filled<State, Values>): Promise<SubmissionReply>
}

/** As the audit log names it. */
export type Subject = { readonly subject: string; readonly account?: string }

type Submitted<State> = Pick<Submission, 'actor' | 'values'> & {
  readonly caller: Caller
  readonly state: State
  readonly now: Instant
}

export type Filled<State, Values> = Omit<Submitted<State>, 'values'> & { readonly values: Values }

type Opening<State, About> = {
  readonly caller: Caller
  readonly subject: Subject
  readonly about: About
  readonly state: State
  /** The answer instead of a form, if it is too late for one. */
  readonly instead?: Card | undefined
}

/** The same for every form: identifies the caller, checks the role and the state, and collects a sentence for each wrong field. */
export function form<State, Values, About>({ id, act, ...parts }: FormParts<State, Values, About>) {
  return {
    async open(context: Context, canOpenForm: boolean, opening: Opening<State, About>): Promise<Reply> {
      const { caller, subject, about, state, instead } = opening
      await allow(context, caller, act, subject.subject, subject.account)
      if (instead !== undefined) return { kind: 'card', card: instead, audience: 'caller', isResult: true }
      if (canOpenForm) {
        const view = await parts.fields(context, about, caller)
        return { kind: 'form', form: { ...view, id, state: JSON.stringify(state) } }
      }
      if (typeof parts.closed === 'string') {
        throw new BotError('no_form_here', 'No form can be opened here.', parts.closed)
      }
      return { kind: 'card', card: parts.closed(about), audience: 'caller' }
    },

    async submit(context: Context, submission: Submission): Promise<SubmissionReply> {
      const { actor, values: written } = submission
      const caller = await identify(context, actor)
      const asked = { actor, caller, state: readState(parts.state, submission.state), now: context.clock() }
      const { subject, account } = await parts.subject(context, { ...asked, values: written })
      await allow(context, caller, act, subject, account)
      const values = parts.values.safeParse(written, { error: () => 'Check this field.' })
      if (values.success) return parts.submit(context, { ...asked, values: values.data })
      return { kind: 'errors', errors: sentencesOf(values.error) }
    },
  }
}

/** A sentence for each field that is wrong. */
export function sentencesOf({ issues }: z.ZodError): Readonly<Record<string, string>> {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message]))
}

/** A field that is wrong for a reason that its schema cannot see. */
export function wrong(field: string, sentence: string): SubmissionReply {
  return { kind: 'errors', errors: { [field]: sentence } }
}

/** For a form whose state does not fit: truncated, from another version, or about something that is gone. */
export function outOfDate(): BotError {
  return new BotError('form_expired', 'This form is out of date.', 'Open it again.')
}

export function readState<State>(schema: z.ZodType<State>, text: string): State {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw outOfDate()
  }
}
