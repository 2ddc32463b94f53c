import type { AlertFeedback } from '../domain/alerts/feedback.ts'

/**
 * Everything Rounds shows, as plain data. Views build cards, each platform draws them, wording is written once.
 * Any string may hold text from outside: it means just its characters, and only the renderers escape, cut and split.
 */
export type Card = {
  readonly title: string
  /** Where the title says how long something has been so: it is put together when the card is drawn. */
  readonly aged?: AgedTitle
  readonly badge?: Badge
  /** One sentence that stands for the whole card: the notification, the screen reader. */
  readonly summary: string
  readonly parts: readonly Part[]
  /** The instant for which its text is true, if that is fixed: milliseconds since 1970. */
  readonly asOf?: number
  readonly buttons?: readonly Button[]
  /** What else can be done, behind a menu. */
  readonly menu?: readonly Button[]
  /** The words that ask for this card: after a press it is redrawn in place, as of then. */
  readonly shows?: string
}

/** "before · open for 3 h · after" */
export type AgedTitle = { readonly since: number; readonly before: string; readonly after: string }

export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

export type Badge = { readonly text: string; readonly tone: Tone }

export type Part = TextPart | FactsPart | ListPart | ChartPart | TablePart

/** A paragraph; `quiet` is small print. */
export type TextPart = {
  readonly kind: 'text'
  readonly text: string
  readonly quiet?: boolean
  /** Where the text counts. */
  readonly tally?: Tally
}

export type FactsPart = { readonly kind: 'facts'; readonly facts: readonly Fact[] }
export type Fact = { readonly label: string; readonly value: string }

export type ListPart = {
  readonly kind: 'list'
  readonly heading?: string
  readonly items: readonly Item[]
  /** Where the heading counts. */
  readonly tally?: Tally
}

/** Words that count unclaimed alerts, including those without a line: a later change of one updates the count. */
export type Tally = {
  /** The words for one and for several, `#` in the place of the number. */
  readonly one: string
  readonly many: string
  readonly of: readonly string[]
  /** Those of them that somebody has claimed since, or that are resolved or at rest. */
  readonly gone: readonly string[]
}

/** Numbers over time, oldest first; `text` says them in words, for wherever no chart is drawn. */
export type ChartPart = {
  readonly kind: 'chart'
  readonly title: string
  readonly points: readonly { readonly label: string; readonly value: number }[]
  /** Lines to read the points by, such as where a band begins. */
  readonly lines?: readonly { readonly label: string; readonly value: number; readonly tone: Tone }[]
  /** Events, at the point with that label; `text` mentions them too. */
  readonly marks?: readonly { readonly label: string; readonly text: string; readonly tone: Tone }[]
  readonly text: string
}

/** Rows of short cells under a head; the first column names the row. */
export type TablePart = {
  readonly kind: 'table'
  /** What the table shows, in a few words. */
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}

export type Column = { readonly label: string; readonly isNumeric?: boolean }

/** `value` is what the column is sorted by, where the text would sort otherwise. */
export type Cell = { readonly text: string; readonly value?: number; readonly tone?: Tone }

/** A line of a list: a bold `lead`, the text, a second quiet line, and what can be done about it. */
export type Item = {
  readonly tone?: Tone
  readonly lead?: string
  readonly text: string
  readonly note?: string
  /** Beside the line. */
  readonly button?: Button
  /** In a row below the line: a few to choose from. */
  readonly choices?: readonly Button[]
  /** Where to read on: an https address. */
  readonly link?: { readonly label: string; readonly url: string }
  /** What the line is about, such as `alert:a1b2`, so that a later change finds it in every copy. */
  readonly about?: string
  /** The instant for which its text is true, if that is fixed: milliseconds since 1970. */
  readonly asOf?: number
}

/** What pressing a button does: each has its handler in `chat/buttons.ts`, or does not compile. */
export type Action =
  | AccountAction
  | 'turn'
  | 'choose'
  | 'list-filter'
  | 'account-pick'
  | 'list-export'
  | 'pulse-rate'
  | 'pulse-skip'
  | 'pulse-later'
  | 'pulse-note'
  | 'share'
  | 'disconnect'
  | 'retire'
  | 'review-done'
  | 'cancel-study'
  | 'claim'
  | 'assign'
  | 'snooze'
  | 'resolve'
  | 'undo'
  | 'wake'
  | `verdict-${AlertFeedback}`
  | 'send-storm'
  | 'task-acknowledge'
  | 'task-done'
  | 'task-note'
  | 'task-skip'
  | 'task-reassign'
  | 'task-add'
  | 'import-file'

/** Those that go on with an account, whose id is the button's value. */
export type AccountAction =
  | 'show'
  | 'why'
  | 'explain'
  | 'what-if'
  | 'compare'
  | 'timeline'
  | 'brief'
  | 'postmortem'
  | 'audit'
  | 'tasks'
  | 'pulse'
  | 'outcome'
  | 'pulse-walk'

/** `value` comes back with the press. */
export type Button = {
  readonly label: string
  readonly action: Action
  readonly value: string
  readonly style?: 'primary' | 'danger'
  /** Whether a form is what it leads to: a platform may have to know before it is pressed. */
  readonly opensForm?: boolean
  /** Whether the message is there for this button alone: once its form was sent, the message invites to it no more. */
  readonly isOffer?: boolean
}
