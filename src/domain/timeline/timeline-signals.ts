import type { Component, Model } from '../model/model.ts'
import { type History, summaryOf } from '../scoring/readings/window.ts'
import { DAY, type Instant } from '../time/instant.ts'
import type { TimelineEntry } from './timeline.ts'

/** What arrived so long before a change may have caused it. */
const SHORTLY_BEFORE = 7 * DAY

/** A change is put down to so few signals at most. */
const MOST = 2

type SignalEntry = Extract<TimelineEntry, { kind: 'signal' }>

/** The signals that mattered: those of the component that a change is put down to, where their value moved shortly before. */
export function signalsThatMattered(
  { components }: Model,
  history: History,
  entries: readonly TimelineEntry[],
): SignalEntry[] {
  const found = entries.flatMap(entry => {
    const component = components.find(({ id }) => 'driver' in entry && id === entry.driver)
    return component === undefined ? [] : movesBefore(component, history, entry.at)
  })
  return found.filter(({ metric, at }, n) => n === found.findIndex(other => other.metric === metric && other.at === at))
}

function movesBefore({ measures }: Component, history: History, until: Instant): SignalEntry[] {
  const metrics = new Set(measures.flatMap(({ input }) => (input.from === 'metric' ? [input.metric] : [])))
  return [...metrics]
    .filter(metric => !TOLD_AS_SUCH.includes(metric))
    .flatMap(metric => moveOrNone(history, metric, until) ?? [])
    .sort((a, b) => sizeOf(b) - sizeOf(a))
    .slice(0, MOST)
}

/** Pulses and comments have entries of their own. */
const TOLD_AS_SUCH: readonly string[] = ['csm_pulse', 'comment_sentiment']

function moveOrNone(history: History, metric: string, until: Instant): SignalEntry | undefined {
  const newest = summaryOf(history, { metric, after: until - SHORTLY_BEFORE, until })
  if (newest.count === 0) return undefined
  const before = summaryOf(history, { metric, after: -Infinity, until: newest.newestAt - 1 })
  if (before.count === 0 || before.newestValue === newest.newestValue) return undefined
  return { kind: 'signal', at: newest.newestAt, metric, was: before.newestValue, now: newest.newestValue }
}

/** Against what it was, so that users and dollars can be held next to each other. */
function sizeOf({ was, now }: SignalEntry): number {
  return Math.abs(now - was) / Math.max(1, Math.abs(was))
}
