import type { Model } from '../../domain/model/model.ts'
import { DEFAULT_PRESET } from '../../model/presets.ts'
import type { Course } from '../course.ts'
import type { Dice } from '../dice.ts'
import type { Story } from '../stories/story.ts'
import { backgroundHabits, type Mood } from './background.ts'
import { sizeOf } from './business.ts'
import { cappingAttribute } from './capping-attribute.ts'
import { saasCourse } from './habits.ts'
import { idOf, NAMES } from './names.ts'
import { presetCourse } from './preset-course.ts'

const ACCOUNTS = 60
const SEGMENTS = ['startup', 'smb', 'mid', 'enterprise'] as const

/** The moods of a crowd, over and over: most accounts are well. */
const MOODS: readonly Mood[] = [
  'loyal',
  'loyal',
  'so-so',
  'loyal',
  'loyal',
  'full',
  'loyal',
  'loyal',
  'so-so',
  'loyal',
  'poor',
]

/** How a mood does in a preset of any kind: 0 to 1 on each of its scales. */
const QUALITY: Readonly<Record<Mood, number>> = { full: 0.95, loyal: 0.86, 'so-so': 0.6, poor: 0.25 }

/** The accounts about which there is nothing to tell; with the stories they make 60. */
export function crowd(model: Model, preset: string, dice: Dice, stories: number): Story[] {
  return NAMES.slice(0, ACCOUNTS - stories).map((name, index) => {
    const segment = SEGMENTS[index % SEGMENTS.length] ?? 'smb'
    const mood = MOODS[index % MOODS.length] ?? 'loyal'
    return {
      id: idOf(name),
      name,
      preset,
      segment,
      says: 'Nothing to report.',
      attributes: attributesOf(model, preset, index),
      course: index === SILENT ? {} : courseOf(model, preset, dice, mood, segment),
    }
  })
}

/** The account without an owner, and the one without data. */
const UNOWNED = 7
const SILENT = 11

/** Loyal until the last night; the default preset has stories for that. */
const CAPPED = 4

function attributesOf(model: Model, preset: string, index: number): NonNullable<Story['attributes']> {
  if (index === UNOWNED) return { owner: [] }
  return index === CAPPED && preset !== DEFAULT_PRESET ? cappingAttribute(model) : {}
}

function courseOf(model: Model, preset: string, dice: Dice, mood: Mood, segment: string): Course {
  if (preset !== DEFAULT_PRESET) return presetCourse(model, QUALITY[mood] + dice.between(-0.03, 0.03))
  return saasCourse(backgroundHabits(dice, mood, dice.whole(...sizeOf(segment).seats)))
}
