import { z } from 'zod'
import type { Option } from '../../src/views/form.ts'
import type { Answer } from './answer.ts'
import { renderReply } from './answer.ts'
import { type Activity, channelOf, deliveryOf, userOf } from './connector/activity.ts'
import type { Desk } from './desk.ts'
import { CUTS, LIMITS } from './limits.ts'
import { attachmentOf } from './messages.ts'
import { ACCOUNTS } from './surface.ts'
import { words } from './text.ts'
import { PATIENCE, within } from './within.ts'

const typeahead = z.object({ queryText: z.string(), dataset: z.string().nullish() })
// the Playground sends a search without the parameter's name
const search = z.object({ parameters: z.array(z.object({ name: z.string().optional(), value: z.string() })) })
const choice = z.object({ account: z.string() })

/** What may be meant by the letters typed so far into a form. There is no late answer: in doubt an empty list is one. */
export async function onTypeahead(desk: Desk, activity: Activity): Promise<Answer> {
  const { data } = typeahead.safeParse(activity.value)
  const wanted = data !== undefined && (data.dataset ?? ACCOUNTS) === ACCOUNTS ? data.queryText : undefined
  const found = wanted === undefined ? [] : await suggest(desk, activity, wanted)
  const results = found.map(({ value, label }) => ({ value, title: words(label, CUTS.label) }))
  const type = 'application/vnd.microsoft.search.searchResponse'
  return { status: 200, body: { statusCode: 200, type, value: { results } } }
}

/** The search beside the message box. Which one is chosen comes back by itself. */
export async function onSearch(desk: Desk, activity: Activity): Promise<Answer> {
  const { data } = search.safeParse(activity.value)
  const typed = data?.parameters.find(({ name }) => name !== 'initialRun')?.value ?? ''
  const found = await suggest(desk, activity, typed)
  if (found.length === 0) return searchWords(typed.trim() === '' ? BEGIN : `I know no account like "${typed.trim()}".`)
  return searchResults(found.slice(0, MOST_RESULTS).map(drawResult))
}

/** The account that was chosen in the search: its card goes into the message that is being written. */
export async function onChoice(desk: Desk, activity: Activity): Promise<Answer> {
  const { data } = choice.safeParse(activity.value)
  if (data === undefined) return searchWords('This is not known any more. Please search again.')
  const reply = await within(
    PATIENCE,
    desk.door.ask({
      actor: { platform: 'teams', userId: userOf(activity) },
      // in quotes: an account may be called like a command
      text: `"${data.account}"`,
      channel: channelOf(activity.conversation.id),
      isPrivate: false,
      canOpenForm: false,
      deliveryId: deliveryOf(activity),
    }),
  )
  if (reply?.kind !== 'card') return searchWords('That took too long. Please choose it again.')
  return searchResults([attachmentOf(renderReply(desk, reply.card))])
}

const MOST_RESULTS = 25
const BEGIN = 'Type the name of an account.'

async function suggest({ door }: Desk, activity: Activity, text: string): Promise<readonly Option[]> {
  const query = door.suggest({ actor: { platform: 'teams', userId: userOf(activity) }, text })
  return ((await within(PATIENCE, query)) ?? []).slice(0, LIMITS.options)
}

function drawResult({ value, label }: Option) {
  const title = words(label, CUTS.label)
  const contentType = 'application/vnd.microsoft.card.thumbnail'
  const tap = { type: 'invoke', value: { account: value } }
  return { contentType, content: { title }, preview: { contentType, content: { title, tap } } }
}

function searchResults(attachments: readonly object[]): Answer {
  return { status: 200, body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } } }
}

export function searchWords(text: string): Answer {
  return { status: 200, body: { composeExtension: { type: 'message', text: words(text, CUTS.text) } } }
}
