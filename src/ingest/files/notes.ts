/** A likely mistake in a file, which was loaded all the same. */
export type Note = {
  readonly kind:
    | 'near_miss'
    | 'unread_metric'
    | 'not_a_number'
    | 'same_time'
    | 'repeated_id'
    | 'unknown_owner'
    | 'left'
    | 'not_complete'
    | 'before_signals'
    | 'several_kinds'
    | 'rejects_cut'
    | 'new_column'
    | 'missing_column'
    | 'left_out'
    | 'footer'
    | 'rule'
    | 'customers'
  readonly text: string
  readonly count: number
  readonly example: string
}

/** Counts repeated findings by subject, each with its first example. */
export type Tally = {
  add(subject: string, example: string): void
  entries(): [string, { count: number; example: string }][]
}

export function tally(): Tally {
  const counts = new Map<string, { count: number; example: string }>()
  return {
    add(subject, example) {
      const known = counts.get(subject)
      if (known === undefined) counts.set(subject, { count: 1, example })
      else known.count += 1
    },
    entries: () => [...counts],
  }
}

const MOST_OF_A_KIND = 20

/** The most frequent of a kind; a file with thousands of unknown metrics has one thing wrong with it. */
export function mostFrequent(notes: readonly Note[]): Note[] {
  return notes.toSorted((a, b) => b.count - a.count).slice(0, MOST_OF_A_KIND)
}
