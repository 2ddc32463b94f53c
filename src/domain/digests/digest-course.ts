import type { DigestStatus, Status } from './digest-account.ts'

/** A way from one status to another under one model: a difference between its ends is a change that is news. */
export type Stretch = { readonly from: Status; readonly to: Status }

/**
 * How an account came from where a channel last heard of it to where it is; empty when the channel never heard of it.
 * One that was away, retired or not scored, begins anew when it is back: what happened before is no longer news.
 */
export function courseOf(account: DigestStatus, heard: Status | undefined): Stretch[] {
  const { baselines = [] } = account
  const now = statusOf(account)
  const stretches: Stretch[] = []
  let from = heard
  for (const { before, after } of baselines) {
    if (before === undefined) stretches.length = 0
    else if (from !== undefined) stretches.push({ from, to: before })
    from = after
  }
  if (from !== undefined) stretches.push({ from, to: now })
  // A model that was tried and taken back: both ends were judged by the same one.
  const isSameModel = baselines[0]?.before !== undefined && baselines[0].before.model === baselines.at(-1)?.model
  if (isSameModel && heard !== undefined && !beginsAnew(account)) stretches.push({ from: heard, to: now })
  return stretches
}

/** Whether the account was scored for the first time since: it is new, or came back. */
export function beginsAnew({ baselines = [] }: DigestStatus): boolean {
  return baselines.some(({ before }) => before === undefined)
}

export function verdictChanged(course: readonly Stretch[]): boolean {
  return course.some(({ from, to }) => from.verdict !== to.verdict)
}

export function readinessChanged(course: readonly Stretch[]): boolean {
  return course.some(({ from, to }) => from.expansionReady !== to.expansionReady)
}

/** The last status on the way of which this is true; the present one is not on it. */
export function lastOnTheWay(course: readonly Stretch[], is: (status: Status) => boolean): Status | undefined {
  const points = course.flatMap(({ from, to }, at) => (at === course.length - 1 ? [from] : [from, to]))
  return points.findLast(is)
}

function statusOf({ verdict, role, expansionReady }: DigestStatus): Status {
  return { verdict, expansionReady, ...(role !== undefined && { role }) }
}
