import type { Alert } from '../alerts/alert.ts'
import type { Task } from '../playbooks/task.ts'
import type { Health } from '../scoring/health.ts'
import type { Outlined } from '../scoring/outline.ts'
import type { Evidence } from '../scoring/readings/evidence.ts'
import type { Assessment } from '../scoring/score.ts'
import type { Verdict } from '../scoring/settle.ts'
import type { Instant } from '../time/instant.ts'
import type { TimelineEntry } from '../timeline/timeline.ts'
import type { AttributeFact } from './attribute-facts.ts'
import type { BriefKind } from './brief-kind.ts'
import type { OpenQuestions } from './open-questions.ts'

/** What somebody should know about an account before a meeting, as far as they may see it. */
export type Brief = {
  readonly kind: BriefKind
  readonly account: { readonly id: string; readonly name: string }
  /** The period's start; its end is `health.now.at`. */
  readonly since: Instant
  readonly before: Assessment
  readonly health: Health
  readonly verdict: Verdict
  readonly expansionReady: boolean
  /** The score over the period, oldest first, as it is recomputed for each instant. */
  readonly course: readonly CoursePoint[]
  /** Of the period, oldest first, as they were announced. */
  readonly transitions: readonly BriefTransition[]
  /** What each measure rests on, by its id. */
  readonly evidence: ReadonlyMap<string, Evidence>
  /** Open at its end, or ended within the period; oldest first. */
  readonly alerts: readonly Alert[]
  readonly tasks: readonly BriefTask[]
  /** Pulses, comments, outcomes and new owners of the period, newest first. */
  readonly heard: readonly TimelineEntry[]
  readonly people: BriefPeople
  readonly money: BriefMoney
  readonly questions: OpenQuestions
}

/** Without a score where nothing was known. */
export type CoursePoint = { readonly at: Instant; readonly shown: number | undefined }

export type BriefTransition = {
  readonly at: Instant
  readonly from: Verdict
  readonly to: Verdict
  readonly shown?: number
  readonly driver?: string
}

export type BriefTask = Task & { /** The playbook that set it. */ readonly playbook?: string }

export type BriefPeople = {
  readonly owner?: AttributeFact
  readonly manager?: string
  /** What the account's data says of its people, such as its sponsor. */
  readonly known: readonly AttributeFact[]
}

export type BriefMoney = {
  readonly arr?: AttributeFact
  readonly currency?: string
  readonly renewalOn?: AttributeFact
  /** The plan, the contract, the seats: what the account's data says of them. */
  readonly terms: readonly AttributeFact[]
  /** How often accounts like this one left or shrank, if there are enough of them to say so. */
  readonly chance?: { readonly low: number; readonly point: number; readonly high: number; readonly outcomes: number }
}

/** Steps of a course: with its start as many points as any chart takes. */
const STEPS = 15

export function courseOf(outlineAt: (at: Instant) => Outlined, since: Instant, until: Instant): CoursePoint[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const at = since + ((until - since) / STEPS) * step
    return { at, shown: outlineAt(at).score?.shown }
  })
}
