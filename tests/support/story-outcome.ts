import { STORIES } from '../../src/demo/stories/stories.ts'
import type { Story } from '../../src/demo/stories/story.ts'
import { topDriver } from '../../src/domain/scoring/driver.ts'
import { type Direction, healthOf, outlines } from '../../src/domain/scoring/health.ts'
import { bareVerdict, type Verdict } from '../../src/domain/scoring/settle.ts'
import { MORNING, presetModel, storyAccount } from './story-days.ts'

/** What the score makes of a story on its last morning. */
export type Outcome = {
  readonly shown: number | undefined
  readonly aMonthAgo: number | undefined
  readonly uncapped: number | undefined
  readonly verdict: Verdict
  readonly direction: Direction | undefined
  readonly driver: string | undefined
  /** The components, and the cap, that pull the score down by half a point or more in 30 days. */
  readonly pulling: readonly string[]
}

/** How a story is expected to come out; `idle` are those that must not have pulled. */
export type Expected = {
  readonly verdict: Verdict
  readonly direction?: Direction
  readonly driver?: string
  readonly idle?: readonly string[]
}

export function findStory(id: string): Story {
  const story = STORIES.find(story => story.id === id)
  if (story === undefined) throw new Error(`there is no story ${id}`)
  return story
}

export function outcomeOf(id: string): Outcome {
  const story = findStory(id)
  const model = presetModel(story.preset)
  const outlineAt = outlines(model, storyAccount(story))
  const health = healthOf(model, outlineAt, MORNING)
  return {
    shown: health.now.score?.shown,
    aMonthAgo: outlineAt(MORNING - model.trend.over).score?.shown,
    uncapped: health.now.score?.uncapped,
    verdict: bareVerdict(health.now),
    direction: health.direction,
    driver: topDriver(health),
    pulling: (health.moves ?? []).filter(({ points }) => points <= -0.5).map(({ id }) => id),
  }
}
