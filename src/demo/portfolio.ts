import type { AttributeValue } from '../domain/accounts/account.ts'
import type { Person } from '../domain/people/person.ts'
import type { Day } from '../domain/time/instant.ts'
import { checkModel } from '../model/load.ts'
import { DEFAULT_PRESET, readPreset } from '../model/presets.ts'
import { type DemoSignal, signalsOf } from './course.ts'
import { businessOf } from './crowd/business.ts'
import { crowd } from './crowd/crowd.ts'
import { PEOPLE } from './crowd/people.ts'
import { diceOf, wobbleOf } from './dice.ts'
import { STORIES } from './stories/stories.ts'
import { attributeHistory, morningOf, type Story } from './stories/story.ts'

/** A portfolio to try everything on: 60 made-up accounts and 120 days of their signals. */
export type Portfolio = {
  readonly people: readonly Person[]
  readonly accounts: readonly DemoAccount[]
  readonly signals: readonly DemoSignal[]
}

export type DemoAccount = {
  readonly id: string
  readonly name: string
  /** Each attribute's values, oldest first; owner, arr and renewal_on are among them. */
  readonly attributes: ReadonlyMap<string, readonly AttributeValue[]>
}

/** How much the usage of an account wobbles from day to day; a story's less, so that its point stays. */
const NOISE = { story: 0.02, crowd: 0.05 }

/** The same for the same seed, last day and preset. The last morning is 06:00 UTC of `endsOn`. */
export function demoPortfolio(options: {
  readonly seed: number
  readonly endsOn: Day
  readonly preset?: string
}): Portfolio {
  const { seed, endsOn, preset = DEFAULT_PRESET } = options
  const morning = morningOf(endsOn)
  const dice = diceOf(seed)
  const stories = STORIES.filter(story => story.preset === preset)
  const others = crowd(modelOf(preset), preset, dice, stories.length)
  const accountOf = (story: Story): DemoAccount => {
    const attributes = { ...businessOf(story, dice, morning), ...story.attributes }
    return { id: story.id, name: story.name, attributes: attributeHistory({ ...story, attributes }, morning) }
  }
  const signals = (noise: number) => (story: Story) => signalsOf(story.id, story.course, morning, wobbleOf(dice, noise))
  return {
    people: PEOPLE,
    accounts: [...stories, ...others].map(accountOf),
    signals: [...stories.flatMap(signals(NOISE.story)), ...others.flatMap(signals(NOISE.crowd))],
  }
}

function modelOf(preset: string) {
  const { model } = checkModel(readPreset(preset))
  if (model === undefined) throw new Error(`the preset ${preset} does not hold`)
  return model
}
