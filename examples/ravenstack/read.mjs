// How RavenStack writes times and numbers, in the published tables and in a spreadsheet's copy of them.

/**
 * `2024-10-16`, `2024-10-16 03:00:00`, and `16-10-2024 03:00` as the spreadsheet saved them.
 * @param {string} text @returns {string | undefined} ISO 8601, UTC
 */
export function isoTime(text) {
  const [date = '', clock = '00:00'] = text.trim().split(' ')
  const day = /^\d{2}-\d{2}-\d{4}$/.test(date) ? date.split('-').reverse().join('-') : date
  const instant = Date.parse(`${day}T${clock.slice(0, 5).padStart(5, '0')}:00Z`)
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString()
}

/** @param {string} text @returns {number | undefined} */
export function numberIn(text) {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}

/**
 * The seats under contract after each day on which they changed.
 * @param {Record<string, string>[]} subscriptions
 */
export function seatsOverTime(subscriptions) {
  /** @type {Map<string, number>} */
  const changes = new Map()
  for (const { start_date, end_date, seats } of subscriptions) {
    for (const [text, sign] of [
      [start_date, 1],
      [end_date, -1],
    ]) {
      const at = isoTime(String(text))
      if (at !== undefined) changes.set(at, (changes.get(at) ?? 0) + Number(sign) * (numberIn(seats) ?? 0))
    }
  }
  let total = 0
  return [...changes].sort().map(([at, change]) => {
    total += change
    return { at, seats: total }
  })
}

/** Counts what is odd, to be said once each. */
export function oddities() {
  /** @type {Map<string, number>} */
  const counts = new Map()
  return {
    /** @param {string} what */
    note: (what, count = 1) => counts.set(what, (counts.get(what) ?? 0) + count),
    sentences: () => [...counts].map(([what, count]) => `${count} ${what}.`),
  }
}
