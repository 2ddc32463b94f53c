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
export function withoutEffect({ routes, sources }: Pick<Settings, 'routes' | 'sources'>): string[] {
  const asked = {
    'routes.yaml: crm_links': routes.crm_links !== undefined,
    ...Object.fromEntries(
      Object.entries(sources)
        .filter(([key]) => !EFFECTIVE.includes(key))
        .map(([key, value]) => [`sources.yaml: ${key}`, !Array.isArray(value) || value.length > 0]),
    ),
  }
  return Object.entries(asked).flatMap(([key, isAsked]) => (isAsked ? [key] : []))
}
