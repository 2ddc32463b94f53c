import { counted } from '../../domain/counted.ts'

const MOST_NAMED = 20

/** Events that came and become no metric, the busiest first. */
export function unreadEventsText(events: readonly { readonly event: string; readonly count: number }[]): string {
  const named = events.slice(0, MOST_NAMED).map(({ event, count }) => `"${event}" (${count.toLocaleString('en')})`)
  const more = events.length > MOST_NAMED ? ` and ${counted(events.length - MOST_NAMED, 'other')}` : ''
  return `Events that become no metric: ${named.join(', ')}${more}. Name the ones that matter under segment.events in sources.yaml.`
}
