/** The parts of somebody's page that can be looked at by themselves. */
export const SECTIONS = ['five', 'alerts', 'tasks', 'renewals', 'book', 'team'] as const
export type Section = (typeof SECTIONS)[number]

/** What a page shows: everything in short, or a part of one list; 0 is its first part. */
export type View = { readonly section?: Section; readonly page: number }

/** `alerts 2` */
export function viewIn(words: string): View | undefined {
  const [name = '', page = '1', ...more] = words.trim().toLowerCase().split(/\s+/)
  if (name === '') return { page: 0 }
  const section = SECTIONS.find(known => known === name)
  if (section === undefined || more.length > 0 || !/^[1-9]\d{0,3}$/.test(page)) return undefined
  return { section, page: Number(page) - 1 }
}

/** The words that ask for a view of the page. */
export function wordsFor({ section, page }: View): string {
  return ['home', ...(section === undefined ? [] : [section]), ...(page > 0 ? [page + 1] : [])].join(' ')
}
