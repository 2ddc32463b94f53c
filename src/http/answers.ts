import * as z from 'zod'

/** How every refusal looks: what happened, and what to do. */
export const REFUSAL = z
  .strictObject({ error: z.string(), hint: z.string() })
  .meta({ id: 'Refusal', description: 'What happened, and what to do.' })

const PROBLEM = z
  .strictObject({
    field: z.string().nullable().meta({ description: 'null where it is the row as a whole.' }),
    problem: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'Problem', description: 'One thing that is wrong with a row, and how to fix it.' })

const REJECTED = z
  .strictObject({
    index: z.int().nonnegative().meta({ description: 'Counts the rows of the body from 0.' }),
    row: z.int().positive().meta({ description: 'Counts the rows from 1; in NDJSON, the lines.' }),
    reason: z.string().meta({ description: 'Every problem of the row, in one text.' }),
    problems: z.array(PROBLEM),
    id: z.string().optional().meta({ description: 'The id that the row was given, as ~2.' }),
  })
  .meta({ id: 'Rejected', description: 'A row that was left out.' })

const NOTE = z
  .strictObject({ kind: z.string(), text: z.string(), count: z.int(), example: z.string() })
  .meta({ id: 'Note', description: 'Something that nobody may have meant; it was taken all the same.' })

const count = (description: string) => z.int().nonnegative().meta({ description })

const REPORT = z.strictObject({
  read: count('Rows in the body.'),
  added: count('Rows that were new.'),
  changed: count('Rows that changed something.'),
  unchanged: count('Rows that were known already.'),
  rejected: count('Rows that were left out.'),
  rejects: z.array(REJECTED).meta({ description: 'The first 1,000 of them.' }),
  notes: z.array(NOTE),
})

/** What came of a body. */
export const RECEIVED = REPORT.meta({ id: 'Received', description: 'What was taken is on the disk.' })

/** The same, where nothing could be taken. */
export const NOTHING_TAKEN = REPORT.extend(REFUSAL.shape).meta({
  id: 'NothingTaken',
  description: 'Every row was rejected.',
})
