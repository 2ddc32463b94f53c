import type { Settings } from './settings.ts'

/** What of sources.yaml is read. */
const EFFECTIVE: readonly string[] = [
  'segment',
  'stripe',
  'zendesk',
  'intercom',
  'hubspot',
  'postgres',
  'comments',
  'folders',
  'maps',
]

/** The keys of the settings that are accepted and do nothing yet, so that nobody waits for what they ask for. */
export function withoutEffect({ sources }: Pick<Settings, 'sources'>): string[] {
  return Object.entries(sources)
    .filter(([key, value]) => !EFFECTIVE.includes(key) && (!Array.isArray(value) || value.length > 0))
    .map(([key]) => `sources.yaml: ${key}`)
}
