/** Slack's limits, in UTF-16 units for text. Measured or documented; see docs.slack.dev/reference/block-kit. */
export const LIMITS = {
  header: 150,
  section: 3_000,
  context: 2_000,
  fields: 10,
  buttons: 25,
  buttonLabel: 75,
  buttonValue: 2_000,
  id: 255,
  modalTitle: 24,
  modalState: 3_000,
  modalBlocks: 100,
  label: 2_000,
  option: 75,
  optionValue: 150,
  radioOptions: 10,
  selectOptions: 100,
  overflow: 5,
  placeholder: 150,
  textInput: 3_000,
  fieldError: 2_000,
  columns: 20,
  /** Without the head. */
  rows: 100,
  /** Of a chart, and in a message. */
  series: 6,
  chartPoints: 20,
  charts: 2,
} as const

/**
 * Our own limits for one message. Slack takes 50 blocks and starts to refuse near 11,000 characters in all
 * (undocumented), and nobody reads that much at once anyway. Table cells are counted separately:
 * 10,000 characters by one page of Slack's, 20,000 by another.
 */
export const BUDGET = { blocks: 40, characters: 8_000, cells: 9_000, rows: LIMITS.rows } as const

/**
 * What one message is drawn up to. More than the budget that cards are split by: a piece that was full when it was
 * posted must still hold who claimed what, and that it may stand there twice.
 */
export const ROOM = { ...BUDGET, blocks: 46, characters: 9_500 } as const

/** What App Home is drawn up to: it takes 100 blocks, and its text is not known to be bounded. */
export const HOME = { ...BUDGET, blocks: 96, characters: 20_000 } as const

/** Our own cuts, so that one part with everything in it still fits one message. */
export const CUTS = {
  summary: 400,
  badge: 200,
  heading: 300,
  lead: 300,
  text: 1_800,
  note: 600,
  fact: 400,
  link: 1_000,
  linkLabel: 100,
  caption: 150,
  cell: 200,
  row: 600,
  chartTitle: 50,
  chartLabel: 20,
  /** What items may share a block: Slack folds a long one behind "See more". */
  shared: 1_000,
} as const
