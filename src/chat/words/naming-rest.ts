import { quoted, shortText } from '../../domain/quoted.ts'
import type { Command } from '../command.ts'
import type { Reply } from '../port.ts'

/** An answer that first says which words it ignores, so that nobody takes it for an answer to those. */
export function namingRest(reply: Reply, rest: string): Reply {
  if (rest === '') return reply
  const sentence = notUnderstood(rest)
  switch (reply.kind) {
    case 'card':
      return { ...reply, card: { ...reply.card, parts: [{ kind: 'text', text: sentence }, ...reply.card.parts] } }
    case 'form':
      return { ...reply, form: { ...reply.form, intro: [sentence, reply.form.intro ?? ''].join(' ').trim() } }
    case 'nothing':
      return reply
  }
}

/** An answer to a sentence, which says how the sentence was understood. */
export function readAs(reply: Reply, reading: string): Reply {
  if (reply.kind !== 'card') return reply
  const said = { kind: 'text' as const, quiet: true, text: `I read this as: ${shortText(reading)}` }
  return { ...reply, card: { ...reply.card, parts: [said, ...reply.card.parts] } }
}

export function notUnderstood(rest: string): string {
  return `I did not understand ${quoted(rest)}.`
}

/** A command that takes no words. */
export function withoutWords(command: Command): Command {
  return async (context, request, rest) => namingRest(await command(context, request, ''), rest)
}
