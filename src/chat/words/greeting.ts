import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { helpFor } from './help.ts'

/** Words that people say to anybody. */
const GREETINGS = listed(
  'hi hello hey heya hiya howdy yo hallo moin servus hola bonjour salut ciao hej thanks thank thx ty tysm cheers danke',
  'merci gracias grazie tack bye goodbye ok okay yes yep no nope please sorry welcome morning afternoon evening ping lol',
)

/** What may come with them. */
const COMPANIONS = listed(
  'there rounds bot all everybody everyone team you u so very much a lot again for your the help good great nice cool',
  'perfect awesome got it day night see later how are is it going what up whats',
)

/** "Hi there!", "thank you :pray:", "👍": somebody is being nice and asks for nothing. */
export function isGreeting(text: string): boolean {
  const words = text
    .toLowerCase()
    .replace(/:[\w+'-]+:/g, ' ')
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
  if (words.length === 0) return text.trim() !== ''
  return words.some(word => GREETINGS.has(word)) && words.every(word => GREETINGS.has(word) || COMPANIONS.has(word))
}

/** A friendly line, and what can be asked. */
export const greeting: Command = async (context, request) => {
  const card = await helpFor(context, request.actor)
  const line =
    'Hello! Write the name of an account, and I will tell you how it is doing. Here is everything I understand:'
  return {
    kind: 'card',
    card: { ...card, title: 'Hello', summary: line, parts: [{ kind: 'text', text: line }, ...card.parts] },
    audience: audienceOf(request),
  }
}

function listed(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap(line => line.split(' ')))
}
