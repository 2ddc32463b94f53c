import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { failureOf } from './failure.ts'
import type { Said, Told } from './worker-thread.ts'

/** What a thread can say and hear about one task. */
export type Asked = {
  readonly id: number
  say(onTheWay: unknown): void
  /** Listens from now on; what was sent before is lost. */
  hear(listener: (more: unknown) => void): void
}

/** Lets the event loop go first where there are more threads than processors. */
const NICENESS = 10

/** The thread's end: `answer` does each task, several at a time unless it makes them wait. */
export function answerAll<Task>(answer: (task: Task, asked: Asked) => Promise<unknown>): void {
  const listeners = new Map<number, (more: unknown) => void>()
  const say = (said: Said) => parentPort?.postMessage(said)

  async function begin(id: number, task: Task): Promise<void> {
    const asked: Asked = {
      id,
      say: onTheWay => say({ id, onTheWay }),
      hear: listener => listeners.set(id, listener),
    }
    try {
      say({ id, result: await answer(task, asked) })
    } catch (error) {
      say({ id, failure: failureOf(error) })
    } finally {
      listeners.delete(id)
    }
  }

  // On other systems, this would apply to the whole process.
  if (process.platform === 'linux') setPriority(0, NICENESS)
  parentPort?.on('message', (told: Told) => {
    if ('more' in told) listeners.get(told.id)?.(told.more)
    // Its caller knows the type of its tasks.
    else void begin(told.id, told.task as Task)
  })
}
