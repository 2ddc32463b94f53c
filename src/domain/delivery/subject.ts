/**
 * What a message can be about, and what it is for. Together with its destination, and with a number where the same is
 * said again, these identify a message: none is ever put into the outbox twice.
 */
export type Purposes = {
  /** `step` is one of its escalation, numbered by when the alert or task was opened again. */
  /** Earlier versions also posted that one had resolved itself. */
  readonly alert: 'opened' | 'assigned' | 'step' | 'woken' | 'released' | 'resolved'
  readonly task: 'assigned' | 'step'
  /** A playbook's run. */
  readonly run: 'tasks'
  /** Several runs in one message, by the id of the first. */
  readonly runs: 'tasks'
  /** Many alerts in one message, by the id of the first. */
  readonly storm: 'opened'
  /** Many escalation steps in one message, by the id of the first alert or task. */
  readonly escalation: 'step'
  /** A digest's run; a `baseline` is known without having been posted. */
  readonly digest: 'news' | 'baseline'
  /** By its key. */
  readonly account: 'new_owner'
  /** By their e-mail. */
  readonly person: 'pulses' | 'released' | 'morning' | 'meetings' | 'calendar'
  /** By the kind of alert that it raises. */
  readonly rule: 'muted'
  /** By its quarter, such as `2026-Q4`. */
  readonly review: 'report'
  /** What somebody asked for, by the platform's id of the delivery. */
  readonly request: 'answer' | 'progress'
  /** A platform, or a destination on one, by its name. */
  readonly destination: 'fault'
  /** By its name; numbered by when it stopped. */
  readonly source: 'silent' | 'unplaced'
}

export type Subject = { readonly of: keyof Purposes; readonly id: string }

/** What identifies a message, apart from its destination. */
export type MessageKey =
  | {
      [Of in keyof Purposes]: {
        readonly subject: { readonly of: Of; readonly id: string }
        readonly purpose: Purposes[Of]
        /** Where a purpose repeats: a time, or the number of a part. */
        readonly number?: number
      }
    }[keyof Purposes]
  | Step

/** The two kinds of subject that escalate. */
type Step = {
  readonly subject: { readonly of: 'alert' | 'task'; readonly id: string }
  readonly purpose: 'step'
  readonly number: number
}

/** One escalation of an alert or a task: one that is opened again starts over, and notifies people again. */
export type EscalationRun = Omit<Step, 'purpose'>

export type Purpose = MessageKey['purpose']
