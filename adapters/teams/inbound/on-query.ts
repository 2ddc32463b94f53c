import * as z from 'zod'
import type { Suggestions } from '../../../src/chat/port.ts'
import type { Lookup, Option } from '../../../src/views/form.ts'
import { sentenceCard } from '../../cards.ts'
import { ANSWER_WITHIN, within } from '../../within.ts'
import { type Activity, channelOf, deliveryOf, userOf } from '../connector/activity.ts'
import { CUTS, LIMITS } from '../render/limits.ts'
import { words } from '../render/text.ts'
import { DATASETS } from '../surface.ts'
import type { Answer } from './answer.ts'
import { withPreview } from './answer.ts'
import type { Desk } from './desk.ts'

const typeahead = z.object({ queryText: z.string(), dataset: z.string().nullish() })
// the Playground sends a search without the parameter's name
const search = z.object({ parameters: z.array(z.object({ name: z.string().optional(), value: z.string() })) })

/** What may be meant by the letters typed so far into a form. A late answer is useless: in doubt the list is empty. */
export async function onTypeahead(desk: Desk, activity: Activity): Promise<Answer> {
  const { data } = typeahead.safeParse(activity.value)
  const kind = lookedUpIn(data?.dataset ?? DATASETS.account)
  const isReadable = data !== undefined && kind !== undefined
  const { options } = isReadable ? await suggest(desk, activity, kind, data.queryText) : NONE
  const results = options.map(({ value, label }) => ({ value, title: words(label, CUTS.label) }))
  const type = 'application/vnd.microsoft.search.searchResponse'
  return { status: 200, body: { statusCode: 200, type, value: { results } } }
}

/** The search beside the message box. Each match brings its card along: the one that is chosen goes into the message. */
export async function onSearch(desk: Desk, activity: Activity): Promise<Answer> {
  const { data } = search.safeParse(activity.value)
  const typed = data?.parameters.find(({ name }) => name !== 'initialRun')?.value ?? ''
  const { options, refusal } = await suggest(desk, activity, 'account', typed)
  if (refusal !== undefined) return searchWords(refusal.summary)
  const found = options.slice(0, MOST_RESULTS)
  if (found.length === 0)
    return searchWords(typed.trim() === '' ? BEGIN : `No account matches "${words(typed, CUTS.label)}".`)
  const results = await within(ANSWER_WITHIN, Promise.all(found.map(option => resultOf(desk, activity, option))))
  if (results === undefined) return searchWords('That took too long. Search again.')
  return { status: 200, body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: results } } }
}

/** As the conversation may see it: what is only for some, such as revenue, stays out. */
async function resultOf(desk: Desk, activity: Activity, { value, label }: Option): Promise<object> {
  const reply = await desk.door.press({
    actor: { platform: 'teams', userId: userOf(activity) },
    action: 'share',
    value,
    channel: channelOf(activity.conversation.id),
    // the person who searches sees it alone, and puts it into a message themselves
    isPrivate: true,
    canOpenForm: false,
    deliveryId: `${deliveryOf(activity)}:${value}`,
  })
  const title = words(label, CUTS.label)
  const shown = reply.kind === 'card' ? reply.card : sentenceCard(title, 'This no longer exists. Search again.')
  return withPreview(desk, shown, title)
}

/** Each is an account looked up, while somebody types on. */
const MOST_RESULTS = 8
const BEGIN = 'Type the name of an account.'

function lookedUpIn(dataset: string): Lookup | undefined {
  return LOOKUPS.find(kind => DATASETS[kind] === dataset)
}

const LOOKUPS = ['account', 'person', 'channel'] as const

async function suggest({ door }: Desk, activity: Activity, kind: Lookup, text: string): Promise<Suggestions> {
  const query = door.suggest({ actor: { platform: 'teams', userId: userOf(activity) }, kind, text })
  const { options, ...more } = (await within(ANSWER_WITHIN, query)) ?? NONE
  return { ...more, options: options.slice(0, LIMITS.options) }
}

const NONE: Suggestions = { options: [] }

export function searchWords(text: string): Answer {
  return { status: 200, body: { composeExtension: { type: 'message', text: words(text, CUTS.text) } } }
}
