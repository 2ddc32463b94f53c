import type { AttributeFact } from '../domain/briefs/attribute-facts.ts'
import type { Brief, BriefTask } from '../domain/briefs/brief.ts'
import type { Model } from '../domain/model/model.ts'
import { isoOrNull, isoTime } from '../domain/time/iso-time.ts'
import { accountHealthDocument } from './account-health.ts'
import { evidenceDocument } from './evidence.ts'
import { movesDocument } from './moves.ts'
import { taskDocument } from './task.ts'
import { timelineEntryDocument } from './timeline-entry.ts'

/** A brief as programs read it: `brief --json`. Numbers are unrounded, and the same as those of `show --json`. */
export function briefDocument(model: Model, brief: Brief) {
  const { account, kind, since, before, health, course, transitions, evidence, alerts, tasks, heard, questions } = brief
  const { people, money } = brief
  return {
    account: { id: account.id, name: account.name },
    kind,
    since: isoTime(since),
    as_of: isoTime(health.now.at),
    health: accountHealthDocument(model, brief, money.chance === undefined ? {} : { chance: chanceOf(money.chance) }),
    moved: movesDocument(before, health.now),
    course: course.map(({ at, shown }) => ({ at: isoTime(at), shown: shown ?? null })),
    transitions: transitions.map(({ at, from, to, shown, driver }) => ({
      ...{ at: isoTime(at), from, to },
      ...{ shown: shown ?? null, driver: driver ?? null },
    })),
    evidence: evidenceDocument(evidence),
    alerts: alerts.map(({ id, kind, state, openedAt, reason, claimedBy, claimedAt, resolvedAt, resolution }) => ({
      ...{ id, kind, state, opened_at: isoTime(openedAt), reason },
      ...{ claimed_by: claimedBy ?? null, claimed_at: isoOrNull(claimedAt) },
      ...{ resolved_at: isoOrNull(resolvedAt), quoted_resolution: resolution ?? null },
    })),
    tasks: tasks.map(task => taskOfBrief(task, health.now.at)),
    heard: heard.map(timelineEntryDocument),
    people: {
      owner: factOrNull(people.owner),
      manager: people.manager ?? null,
      known: people.known.map(factDocument),
    },
    money: {
      arr: factOrNull(money.arr),
      currency: money.currency ?? null,
      renewal_on: factOrNull(money.renewalOn),
      terms: money.terms.map(factDocument),
    },
    questions: {
      asks: questions.asks.map(({ component, question }) => ({ component: component.id, question })),
      unread: questions.unread.map(({ measure, reading }) => ({
        ...{ measure: measure.id, state: reading.state, newest: isoOrNull(reading.newest) },
      })),
      missing: questions.missing,
    },
  }
}

function chanceOf({ outcomes: _, ...chance }: NonNullable<Brief['money']['chance']>) {
  return chance
}

function taskOfBrief(task: BriefTask, now: number) {
  return { ...taskDocument(task, now), created_at: isoTime(task.createdAt), playbook: task.playbook ?? null }
}

function factDocument({ name, value, since, was }: AttributeFact) {
  return { name, value, since: isoTime(since), was: was ?? null }
}

function factOrNull(fact: AttributeFact | undefined) {
  return fact === undefined ? null : factDocument(fact)
}
