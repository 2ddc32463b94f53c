import type { Context } from '../context.ts'
import type { Submission, SubmissionReply } from './port.ts'

/** One form: what its submission does. Wrong fields come back with a sentence each. */
export type FormHandler = {
  readonly id: string
  submit(context: Context, submission: Submission): Promise<SubmissionReply>
}
