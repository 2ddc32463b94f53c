import type { Context } from '../../../context.ts'
import { modelDocument } from '../../../documents/model.ts'
import type { Document } from '../tool-port.ts'

type Written = Document & { text(context: Context): string }

/** What an assistant can read as a whole. */
export const DOCUMENTS: readonly Written[] = [
  {
    uri: 'rounds://model',
    name: 'The model',
    description: 'How the score is made, as JSON.',
    mimeType: 'application/json',
    text: ({ settings }) => JSON.stringify(modelDocument(settings.model), null, 2),
  },
  {
    uri: 'rounds://glossary',
    name: 'Glossary',
    description: 'What the words about the score mean.',
    mimeType: 'text/plain',
    text: () => GLOSSARY,
  },
]

const GLOSSARY = `score: 0 to 100 for one account as of one instant. "shown" is the score as people see it, rounded.
verdict: the settled band that people are told: at_risk, attention, healthy, or unknown when too little is known.
coverage: how much of the score's weight is known, 0 to 1.
points: what a component adds to the score; the points add up to it exactly. "lost" is what it could add and does not.
cap: a condition that holds the score down to a maximum, with its reason.
change_30d, shown_change: the score shown now minus the score shown then, as recomputed for then: what people see. trend: the same unrounded. null: not enough data then, which is not a fall.
alert: an open question about one account that one person should own. Of any number of claims one wins.
pulse: a colleague's own rating of the relationship, 1 to 5.
chance: how often accounts with such a score left or shrank within 90 days: low, point, high. Shown only where outcomes allow it.
outcome: what really happened: renewed, expanded, contracted, churned.`
