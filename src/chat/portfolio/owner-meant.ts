import type { Context } from '../../context.ts'
import { peopleByName } from '../../domain/people/people-by-name.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { quoted } from '../../domain/quoted.ts'
import { BotError } from '../../errors.ts'
import { listPeople } from '../../store/people/people.ts'
import { identify } from '../../work/people/identify.ts'
import type { Actor } from '../port.ts'

export type Owner = { readonly email: string; readonly name: string; readonly isCaller: boolean }

/** Names that surely are meant. */
const CALLED = ['whole', 'core', 'start', 'words']

/** The owner meant by `me`, an e-mail or a name; a refusal lists the candidates. */
export async function ownerMeant(context: Context, actor: Actor, written: string): Promise<Owner> {
  const { email, name } = await identify(context, actor)
  const isMe = ['me', 'mine'].includes(written.toLowerCase())
  if (isMe && email !== undefined) return { email: foldEmail(email), name, isCaller: true }
  if (isMe) throw new BotError('unknown_caller', 'I cannot see your e-mail address.', 'Write owner: and your e-mail.')
  const isCaller = (other: string) => email !== undefined && foldEmail(email) === other
  if (written.includes('@')) {
    const folded = foldEmail(written)
    return { email: folded, name: folded, isCaller: isCaller(folded) }
  }
  const found = peopleByName(await listPeople(context.connection.db), written)
  const [first] = found
  const best = found.filter(({ kind }) => kind === first?.kind && CALLED.includes(kind)).map(({ person }) => person)
  const [only] = best
  if (only !== undefined && best.length === 1) {
    return { email: only.email, name: only.name ?? only.email, isCaller: isCaller(only.email) }
  }
  const near = (best.length > 0 ? best : found.map(({ person }) => person)).slice(0, 5)
  const hint =
    near.length === 0 ? 'Write an e-mail address.' : `Write one of ${near.map(({ email }) => email).join(', ')}.`
  throw new BotError('no_owner', `${quoted(written)} is not the name of one person.`, hint)
}
