import { type Course, curveOf, every, happened, nightly, type Shape, type Track, workdays } from '../course.ts'

/** How an account uses a product by subscription; what is left out was never measured. */
export type Habits = {
  readonly seats?: Shape
  /** Active users as a share of the seats. */
  readonly seatUse?: Shape
  /** Logins and key feature uses of an active user on a working day. */
  readonly logins?: Shape
  readonly features?: Shape
  readonly daysPastDue?: Shape
  readonly limitUse?: Shape
  /** How many days ago each happened. */
  readonly tickets?: readonly number[]
  readonly escalations?: readonly number[]
  readonly meetings?: readonly number[]
  readonly addonInquiries?: readonly number[]
  readonly invited?: Answers
  readonly nps?: Answers
  readonly csat?: Answers
  readonly comments?: Answers
  readonly pulses?: Answers
}

/** Days ago, and the value. */
type Answers = readonly (readonly [daysAgo: number, value: number])[]

/** The metrics of the `saas` preset that come of such habits. */
export function saasCourse(habits: Habits): Course {
  return { ...usage(habits), ...events(habits) }
}

function usage({ seats, seatUse, logins, features, daysPastDue, limitUse }: Habits): Course {
  const users = product(seats, seatUse)
  return {
    ...(seats !== undefined && { seats: every(7, curveOf(seats)) }),
    ...(daysPastDue !== undefined && { days_past_due: every(7, curveOf(daysPastDue)) }),
    ...(limitUse !== undefined && { plan_limit_use: every(7, curveOf(limitUse), 2) }),
    ...(seatUse !== undefined && { active_users: nightly(users) }),
    ...(logins !== undefined && { logins: workdays(product(seats, seatUse, logins)) }),
    ...(features !== undefined && { key_feature_uses: workdays(product(seats, seatUse, features)) }),
  }
}

function product(...shapes: readonly (Shape | undefined)[]): (daysAgo: number) => number {
  const curves = shapes.map(shape => curveOf(shape ?? 1))
  return daysAgo => curves.reduce((value, curve) => value * curve(daysAgo), 1)
}

function events(habits: Habits): Course {
  const happenings = {
    tickets_opened: habits.tickets,
    escalations: habits.escalations,
    meeting: habits.meetings,
    addon_inquiries: habits.addonInquiries,
    users_invited: habits.invited,
    nps: habits.nps,
    csat: habits.csat,
    comment_sentiment: habits.comments,
    csm_pulse: habits.pulses,
  }
  return Object.fromEntries(
    Object.entries(happenings).flatMap(([metric, list]): [string, Track][] =>
      list === undefined ? [] : [[metric, happened(list)]],
    ),
  )
}
