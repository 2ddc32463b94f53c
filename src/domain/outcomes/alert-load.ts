import { groupedBy } from '../grouped.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { isBad, type Outcome } from './outcome.ts'
import type { Estimate } from './statistics/estimate.ts'
import { median } from './statistics/quantile.ts'
import { wilson } from './statistics/wilson.ts'

/** How many alerts an owner gets, and how many of them were false. */
export type AlertLoad = {
  readonly opened: number
  /** The median over owners, of the months in which any alert was opened. */
  readonly perOwnerAndMonth: number | undefined
  /** The alerts whose account had an outcome within 180 days. */
  readonly followed: number
  /** Of those the share whose first outcome was good. */
  readonly falseShare: Estimate | undefined
}

type Opened = { readonly account: number; readonly openedAt: Instant }

/** An outcome later than this belongs to another story. */
export const FOLLOWS = 180 * DAY

const MONTH = 30.44 * DAY

export function alertLoad(
  alerts: readonly (Opened & { readonly owner: string | undefined })[],
  outcomes: readonly Outcome[],
): AlertLoad {
  const first = alerts.flatMap(alert => firstAfter(alert, outcomes) ?? [])
  const times = alerts.map(({ openedAt }) => openedAt)
  const months = Math.max(1, (Math.max(...times) - Math.min(...times)) / MONTH)
  const byOwner = [...groupedBy(alerts, ({ owner }) => owner ?? '').values()]
  return {
    opened: alerts.length,
    perOwnerAndMonth: median(byOwner.map(own => own.length / months)),
    followed: first.length,
    falseShare: wilson(first.filter(outcome => !isBad(outcome)).length, first.length),
  }
}

/** The first outcome of an alert's account within the time that counts; `outcomes` in the order of their days. */
export function firstAfter({ account, openedAt }: Opened, outcomes: readonly Outcome[]): Outcome | undefined {
  return outcomes.find(one => {
    const after = Date.parse(one.on) - openedAt
    return one.account === account && after >= 0 && after <= FOLLOWS
  })
}
