import type { ModelUse } from '../../domain/model/model-use.ts'
import { dayOf } from '../../domain/time/instant.ts'
import type { TextPart } from '../card.ts'
import { shortVersion } from '../parts/short-version.ts'

/** `saas 1cb69894` */
export function versionName({ name, version }: Pick<ModelUse, 'name' | 'version'>): string {
  return `${name} ${shortVersion(version)}`
}

/** Where the model changed in the time that a report is about: which versions scored then, and which one counts here. */
export function versionParts(versions: readonly ModelUse[]): TextPart[] {
  if (versions.length < 2) return []
  const uses = versions.map(use => `${versionName(use)} from ${dayOf(use.since)}`)
  const text = `The model changed in that time: ${uses.join(', ')}. Here the present one scores every day.`
  return [{ kind: 'text', quiet: true, text }]
}
