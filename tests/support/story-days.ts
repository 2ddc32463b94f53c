import { type DemoSignal, signalsOf } from '../../src/demo/course.ts'
import { attributeHistory, morningOf, type Story } from '../../src/demo/stories/story.ts'
import { attributesOf, type ObservedAccount } from '../../src/domain/accounts/account.ts'
import type { Model } from '../../src/domain/model/model.ts'
import { type Evaluation, evaluate, type Past } from '../../src/domain/scoring/evaluate.ts'
import { historyOf } from '../../src/domain/scoring/readings/window.ts'
import { DAY, type Instant } from '../../src/domain/time/instant.ts'
import { checkModel } from '../../src/model/load.ts'
import { readPreset } from '../../src/model/presets.ts'

/** The last morning of the stories that tests look at. */
export const MORNING = morningOf('2026-11-01')

export function presetModel(name: string): Model {
  const { model, errors } = checkModel(readPreset(name))
  if (model === undefined) throw new Error(`${name}: ${JSON.stringify(errors)}`)
  return model
}

/** An account that knew each signal when it was observed, in a portfolio that has had every metric for long. */
export function observed(signals: readonly DemoSignal[], attribute: ObservedAccount['attribute']): ObservedAccount {
  const known = signals.map(signal => ({ ...signal, receivedAt: signal.observedAt }))
  return { history: historyOf(known, () => 0), attribute }
}

export function storyAccount(story: Story, morning: Instant = MORNING): ObservedAccount {
  const signals = signalsOf(story.id, story.course, morning)
  return observed(signals, attributesOf(attributeHistory(story, morning)))
}

/** The evaluations of so many scheduled mornings, the last one at the end. */
export function evaluateMornings(model: Model, account: ObservedAccount, last: Instant, days: number): Evaluation[] {
  const evaluations: Evaluation[] = []
  let past: Past = { earlier: [], alerts: [] }
  for (let daysAgo = days - 1; daysAgo >= 0; daysAgo -= 1) {
    const evaluation = evaluate(model, account, past, last - daysAgo * DAY)
    evaluations.push(evaluation)
    past = { announced: evaluation.status, earlier: [scoringOf(evaluation), ...past.earlier].slice(0, 30), alerts: [] }
  }
  return evaluations
}

function scoringOf({ health, expansionHeld, status }: Evaluation): Past['earlier'][number] {
  const shown = health.now.score?.shown
  return { ...status, expansionHeld, ...(shown !== undefined && { shown }) }
}
