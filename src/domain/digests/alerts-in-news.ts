import type { DigestNews } from './digest.ts'

/** The alerts that a digest names or counts: a change of one reaches what was posted of it. */
export function alertsInNews({ sections }: Pick<DigestNews, 'sections'>): string[] {
  return [...new Set(sections.flatMap(({ items }) => items.flatMap(({ alert }) => alert?.id ?? [])))]
}
