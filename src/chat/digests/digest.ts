import type { Context } from '../../context.ts'
import { placeName } from '../../delivery/place-name.ts'
import { isSameDestination } from '../../domain/delivery/destination.ts'
import { quoted } from '../../domain/quoted.ts'
import { BotError } from '../../errors.ts'
import { nearestOf } from '../../nearest.ts'
import { readManagedDigests } from '../../store/digests/managed-digests.ts'
import { digestsCard, previewCard } from '../../views/digests/digests-card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { buildDigest } from '../../work/digests/build-digest.ts'
import { type KnownDigest, knownDigests, unreadableDigests } from '../../work/digests/known-digests.ts'
import { pauseDigest } from '../../work/digests/pause-digest.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import type { Command } from '../command.ts'
import type { Request } from '../port.ts'
import { namingRest, notUnderstood } from '../words/naming-rest.ts'
import { openDigest } from './digest-form.ts'

const USAGE = 'Write /health digest, /health digest now [NAME], or create, edit, pause, resume and a NAME.'

/** The digests: the list, a preview of one, and for admins creating and changing them. */
export const digest: Command = async (context, request, rest) => {
  const managed = await readManagedDigests(context.connection.db)
  const known = knownDigests(managed, context.settings)
  const [verb = '', name = '', ...more] = rest.trim().split(/\s+/)
  const left = more.join(' ')
  switch (verb.toLowerCase()) {
    case '':
      return {
        kind: 'card',
        card: digestsCard(await placed(context, known), unreadableDigests(managed, context.settings)),
        audience: 'caller',
      }
    case 'now': {
      const { digest } = name === '' ? likeliest(known, request) : named(known, name)
      const { card } = await context.connection.reading(connection =>
        buildDigest(connection, context.settings, digest, context.clock()),
      )
      return namingRest(
        { kind: 'card', card: previewCard(card, digest.name, await placeName(context, digest.to)), audience: 'caller' },
        left,
      )
    }
    case 'create':
    case 'edit': {
      const edited = verb.toLowerCase() === 'edit' ? named(known, name).digest : undefined
      return namingRest(await openDigest(context, request, name, edited), left)
    }
    case 'pause':
    case 'resume': {
      if (left !== '') throw new BotError('digest_words', `${notUnderstood(left)} Nothing was changed.`, USAGE)
      const caller = await identify(context, request.actor)
      await allow(context, caller, 'digest.change', `digest:${name}`)
      const found = named(known, name)
      const isPaused = verb.toLowerCase() === 'pause'
      const sentence = await pauseDigest(context, caller, found, isPaused)
      return { kind: 'card', card: noticeCard(isPaused ? 'Paused' : 'Resumed', sentence), audience: 'caller' }
    }
    default:
      throw new BotError('no_digest_verb', notUnderstood(rest), USAGE)
  }
}

function placed(context: Context, known: readonly KnownDigest[]) {
  return Promise.all(known.map(async one => ({ ...one, place: await placeName(context, one.digest.to) })))
}

/** Without a name: the digest of this channel, or the only one. */
function likeliest(known: readonly KnownDigest[], { actor, channel }: Request): KnownDigest {
  const here = known.filter(({ digest }) => isSameDestination(digest.to, { platform: actor.platform, channel }))
  const [found, ...others] = here.length > 0 ? here : known
  if (found === undefined) throw new BotError('no_digest', 'There is no digest yet.', 'An admin can create one.')
  return others.length === 0 ? found : named(known, '')
}

function named(known: readonly KnownDigest[], name: string): KnownDigest {
  const found = known.find(({ digest }) => digest.name === name)
  if (found !== undefined) return found
  const names = known.map(({ digest }) => digest.name)
  const nearest = nearestOf(name, names)
  const hint = names.length === 0 ? 'There is none yet.' : `There are ${names.join(', ')}.`
  throw new BotError(
    'no_digest',
    name === '' ? 'Which digest?' : `There is no digest ${quoted(name)}.`,
    nearest === undefined ? hint : `Did you mean "${nearest}"? ${hint}`,
  )
}
