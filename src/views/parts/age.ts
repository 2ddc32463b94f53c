import { counted } from '../../domain/counted.ts'
import { DAY, HOUR, type Instant } from '../../domain/time/instant.ts'
import type { AgedTitle } from '../card.ts'

/** "Acme: At risk · open for 3 h · ○ nobody yet"; within the first hour without its age. */
export function titleAt({ since, before, after }: AgedTitle, now: Instant): string {
  const age = ageText(now - since)
  return [before, ...(age === undefined ? [] : [`open for ${age}`]), after].join(' · ')
}

function ageText(age: number): string | undefined {
  if (age < HOUR) return undefined
  return age < 2 * DAY ? `${Math.floor(age / HOUR)} h` : counted(Math.floor(age / DAY), 'day')
}
