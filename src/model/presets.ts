import { readdirSync, readFileSync } from 'node:fs'
import { dayOf, type Instant } from '../domain/time/instant.ts'
import { BotError } from '../errors.ts'
import { nearestOf } from '../nearest.ts'
import { isReviewDue } from './lint/review.ts'

/** Beside this file in the sources, beside the bundle once built. */
const FOLDER = new URL('./presets/', import.meta.url)

export const DEFAULT_PRESET = 'saas'

export function presetNames(): string[] {
  return readdirSync(FOLDER)
    .filter(file => file.endsWith('.yaml'))
    .map(file => file.slice(0, -'.yaml'.length))
    .sort()
}

/** The text of a preset's file. A preset is copied, never referenced. */
export function readPreset(name: string): string {
  const names = presetNames()
  if (names.includes(name)) return readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8')
  const nearest = nearestOf(name, names)
  const guess = nearest === undefined ? '' : `Did you mean "${nearest}"? `
  throw new BotError('unknown_preset', `There is no preset "${name}".`, `${guess}There are ${names.join(', ')}.`)
}

/** A preset to the letter; but where its own review is a quarter old, the copy dates from the day that it is made. */
export function copyOfPreset(name: string, now: Instant): string {
  return readPreset(name).replace(/^reviewed_on: (\S+)/m, (line, reviewedOn: string) =>
    isReviewDue(reviewedOn, now) ? `reviewed_on: ${dayOf(now)}` : line,
  )
}
