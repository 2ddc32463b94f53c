import type { Day } from '../../domain/time/instant.ts'
import type { Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'

/** A customer that left, and is out of the rounds; with the day where that was recorded with it. */
export function retiredCard({ id, name }: { readonly id: string; readonly name: string }, churnedOn?: Day): Card {
  const recorded = churnedOn === undefined ? '' : `Recorded: ${name} churned on ${churnedOn}. `
  const sentence = `${recorded}${name} is retired. Its open alerts and tasks have ended; its history stays.`
  return noticeCard(name, sentence, `\`rounds retire ${id} --undo\` takes it back.`)
}
