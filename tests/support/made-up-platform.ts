import express from 'express'
import type { Platform, PlatformParts } from '../../src/chat/platform.ts'
import type { ChatAdapter, MessageRef, Recipient, Reply } from '../../src/chat/port.ts'
import { DeliveryError } from '../../src/errors.ts'
import type { Card } from '../../src/views/card.ts'

/** A message as it stands in somebody's box. */
export type Letter = { readonly to: string; card: Card }

/**
 * A chat platform that nobody has: boxes that letters are put into, and a bell to ring. What people do comes in over
 * HTTP at a route of its own; everything that Rounds has to know of it is in `platform`.
 */
export function createMadeUp() {
  const letters: Letter[] = []
  const nailedUp = new Set<string>()

  function post(to: string, card: Card): MessageRef {
    if (nailedUp.has(to)) throw new DeliveryError('destination', 'box_nailed_up')
    letters.push({ to, card })
    return { channel: to, id: String(letters.length - 1) }
  }

  function create({ door, app, addresses }: PlatformParts): ChatAdapter {
    app.post('/made-up/ring', express.json(), async ({ body: { who, words } }, response) => {
      const actor = { platform: 'made_up', userId: who }
      const common = { actor, channel: who, isPrivate: true, deliveryId: `${who}-${letters.length}-${words}` }
      const isGreeting = words === undefined
      const reply: Reply = isGreeting
        ? await door.welcome({ ...common, isInstalled: false })
        : await door.ask({ ...common, text: words, canOpenForm: false })
      if (reply.kind === 'card') post(who, reply.card)
      response.json({ kind: reply.kind })
    })
    const boxOf = async ({ person, channel }: Recipient) => {
      const box = person === undefined ? channel : await addresses.userOf(person)
      if (box === undefined) throw new DeliveryError('destination', 'no_such_box')
      return box
    }
    return {
      platform: 'made_up',
      capabilities: { privateReplies: true, dialogs: false, typeahead: false, charts: false, messageSize: 1_000 },
      split: card => [card],
      post: async (to, card) => post(await boxOf(to), card),
      probe: async to => void (await boxOf(to)),
      outsiders: async () => [],
      async update({ id }, card) {
        const letter = letters[Number(id)]
        if (letter !== undefined) letter.card = card
      },
      profile: async () => ({ standing: 'member' }),
      async start() {},
      async stop() {},
    }
  }

  const platform: Platform = {
    name: 'made_up',
    read: env => (env.MADE_UP_KEY === undefined ? undefined : { load: async () => create }),
    howToAsk: 'Ring the bell and say the name of an account.',
    placeholder: /my-own-key/,
    withoutMarkup: text => text.replace(/\[\[.*?\]\]/g, ' '),
    isLockedOut: reason => reason === 'bell_stolen',
    remedyFor(way) {
      if (way.to === 'person') return `Write the number of the box of ${way.email} into people.csv, as made_up_id.`
      return way.to === 'channel' ? 'Pull the nails out of the box.' : 'Buy another bell.'
    },
  }

  return {
    platform,
    environment: { MADE_UP_KEY: 'key' },
    nailUp: (box: string) => nailedUp.add(box),
    lettersTo: (box: string) => letters.filter(({ to }) => to === box).map(({ card }) => JSON.stringify(card)),
    /** Rings with words, or without any for the first time. */
    async ring(port: number, who: string, words?: string): Promise<void> {
      const response = await fetch(`http://127.0.0.1:${port}/made-up/ring`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ who, words }),
      })
      if (!response.ok) throw new Error(`the bell answered ${response.status}`)
    },
  }
}
