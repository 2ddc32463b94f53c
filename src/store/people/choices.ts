import { type Choices, MESSAGE_KINDS, type MessageKind, type QuietHours, WHENS } from '../../domain/delivery/choices.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'
import { type Preference, savePreference } from './preferences.ts'

/** What a person chose about the messages that they get, by their e-mail. */
export async function choicesOf(db: Db, person: string): Promise<Choices> {
  const chosen = new Map((await allOf(db, person)).map(({ preference, value }) => [preference, value]))
  const when = MESSAGE_KINDS.flatMap(kind => {
    const found = WHENS.find(known => known === chosen.get(nameOf(kind)))
    return found === undefined ? [] : [[kind, found] as const]
  })
  const quiet = quietIn(chosen.get('quiet'))
  return { when: Object.fromEntries(when), ...(quiet !== undefined && { quiet }) }
}

const allOf = compiledOnce((db, person: string) =>
  db.selectFrom('preferences').select(['preference', 'value']).where('person', '=', person),
)

export async function saveChoices(db: Db, person: string, { when, quiet }: Choices): Promise<void> {
  for (const kind of MESSAGE_KINDS) await savePreference(db, person, nameOf(kind), when[kind])
  const written = quiet && `${quiet.from}-${quiet.to} ${quiet.timeZone}`
  await savePreference(db, person, 'quiet', written)
}

function nameOf(kind: MessageKind): Preference {
  return `when:${kind}`
}

function quietIn(text: string | undefined): QuietHours | undefined {
  const [, from, to, timeZone] = /^(\d\d:\d\d)-(\d\d:\d\d) (\S+)$/.exec(text ?? '') ?? []
  return from === undefined || to === undefined || timeZone === undefined ? undefined : { from, to, timeZone }
}
