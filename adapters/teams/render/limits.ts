/** What Teams refuses or folds away beyond, and what we hold ourselves to well before it does. Lengths in UTF-16 units. */
export const LIMITS = {
  /** Bytes of a card's JSON. Older pages say 28 KB for a whole message, newer ones 80 KB as UTF-16. */
  card: 24_000,
  /** What a card may grow to after it was split: who claimed what, and that it may stand there twice. */
  grown: 26_000,
  /** In one set: Teams shows six and drops the rest, Microsoft's own parser complains of more than five. */
  actions: 5,
  buttonLabel: 75,
  /** Bytes of what a button brings back. */
  buttonValue: 2_000,
  /** Bytes of the words that ask for a card, which travel with each of its buttons. */
  shows: 500,
  options: 100,
  textInput: 3_000,
  plain: 8_000,
  /** Points that a line chart still shows apart. */
  chartPoints: 60,
  chartLines: 6,
  columns: 20,
} as const

/** Our own cuts, so that one line with everything in it still fits beside the title and the buttons. */
export const CUTS = {
  title: 200,
  summary: 400,
  badge: 200,
  heading: 300,
  lead: 300,
  text: 1_500,
  note: 600,
  label: 100,
  fact: 400,
  link: 1_000,
  chartLabel: 20,
  chartLegend: 40,
  cell: 200,
  /** The cells of one row together. */
  row: 1_000,
  formTitle: 100,
  formIntro: 1_000,
  fieldLabel: 150,
  hint: 300,
  error: 300,
} as const

/** Bytes: a card's buttons together, those below one line, and one paragraph of text. */
export const BUDGET = { buttons: 10_000, choices: 3_000, paragraph: 8_000 } as const

/** The size of what is sent: Teams counts the bytes of the JSON. */
export function sizeOf(json: unknown): number {
  return Buffer.byteLength(JSON.stringify(json))
}
