import { HOUR, type Instant } from '../../domain/time/instant.ts'
import type { Progress } from '../../views/outcomes/progress-card.ts'
import type { Study } from '../../work/outcomes/study.ts'
import type { Watch } from '../../work/outcomes/watch.ts'

/** `toldAt` is when somebody was last told to ask again. */
type Look<T> = { readonly answer: Promise<T>; progress: Progress; isOver: boolean; toldAt?: Instant }

export type InTime<T> =
  | { readonly kind: 'done'; readonly answer: T }
  | { readonly kind: 'running'; readonly progress: Progress }

type Asked = { readonly study: Study; readonly question: string; readonly now: Instant; readonly timeout: number }

/** Studies under way, and results since somebody was told to ask again. */
const looks = new WeakMap<Study, Map<string, Look<unknown>>>()

const KEPT = HOUR / 4

/**
 * The answer to a long question, or its progress after so many milliseconds. It then continues, once for everybody who
 * asks the same, and its result is kept for a quarter of an hour.
 */
export async function answerInTime<T>(
  { study, question, now, timeout }: Asked,
  ask: (watch: Watch) => Promise<T>,
): Promise<InTime<T>> {
  const known = (looks.get(study) ?? new Map()) as Map<string, Look<T>>
  looks.set(study, known)
  for (const [other, { isOver, toldAt = -KEPT }] of known) if (isOver && now - toldAt >= KEPT) known.delete(other)
  const look = known.get(question) ?? begin(ask)
  known.set(question, look)
  try {
    const found = await Promise.race([look.answer.then(answer => ({ answer })), after(timeout)])
    if (found !== undefined) return { kind: 'done', ...found }
    look.toldAt = now
    return { kind: 'running', progress: look.progress }
  } catch (error) {
    known.delete(question)
    throw error
  }
}

function begin<T>(ask: (watch: Watch) => Promise<T>): Look<T> {
  const answer = ask({
    begin(accounts) {
      look.progress = { done: 0, accounts }
    },
    advance(accounts) {
      look.progress = { ...look.progress, done: look.progress.done + accounts }
    },
  })
  const look: Look<T> = { answer, progress: { done: 0 }, isOver: false }
  const end = () => {
    look.isOver = true
  }
  answer.then(end, end)
  return look
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise(resolve => setTimeout(resolve, milliseconds, undefined).unref())
}
