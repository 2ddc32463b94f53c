import { isConfidential } from '../domain/confidential.ts'
import type { Settings } from './settings.ts'

/** What routes.yaml may make somebody expect and what happens instead: nothing is wrong, but it should be known. */
export function routeNotes({ model, routes }: Pick<Settings, 'model' | 'routes'>): string[] {
  const kinds = model.alerts.map(({ kind }) => kind).filter(isConfidential)
  const misses = (kind: string) =>
    routes.routes.some(({ alerts, to }) => (alerts?.some(named => named === kind) ?? true) && !to.includes('owner'))
  return kinds
    .filter(misses)
    .map(
      kind =>
        `${kind} alerts are confidential: they go to the account's owner, never to the channel that routes.yaml names.`,
    )
}
