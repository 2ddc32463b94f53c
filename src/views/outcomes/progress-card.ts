import { counted } from '../../domain/counted.ts'
import { percent } from '../../domain/percent.ts'
import type { Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'

/** How far a study is; without a number of accounts it has not started. */
export type Progress = { readonly done: number; readonly accounts?: number | undefined }

/** What is shown while somebody waits; `request` says what the button ends. */
export function progressCard(title: string, progress: Progress, request: string): Card {
  return {
    ...noticeCard(title, progressText(progress), 'The answer will take the place of this message.'),
    buttons: [{ label: 'Cancel', action: 'cancel-study', value: request }],
  }
}

/** The same for somebody to whom no message can be sent later. */
export function askAgainCard(title: string, progress: Progress): Card {
  return noticeCard(title, progressText(progress), 'Ask the same again in a minute: the answer is kept.')
}

export function cancelledCard(title: string, { done, accounts }: Progress): Card {
  const sentence = accounts === undefined ? 'Canceled before it began.' : `Canceled after ${ofAll(done, accounts)}.`
  return noticeCard(title, `${sentence} Nothing was changed.`)
}

function progressText({ done, accounts }: Progress): string {
  if (accounts === undefined) return 'Another look back is running. This one is next.'
  return `Looking back: ${ofAll(done, accounts)} (${percent(accounts === 0 ? 1 : done / accounts)}).`
}

function ofAll(done: number, accounts: number): string {
  return `${done.toLocaleString('en-US')} of ${counted(accounts, 'account')}`
}
