import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { failureOf } from './failure.ts'
import type { Said, Told } from './worker-thread.ts'

/** What a thread says and hears while it does one thing. */
export type Asked = {
  readonly id: number
  say(onTheWay: unknown): void
  /** From now on; what was told before is lost. */
  hear(listener: (more: unknown) => void): void
}

/** How much a thread stands back for the event loop where there are more of them than processors. */
const NICENESS = 10

/** The end within the thread: `answer` does each thing that it is given, several at a time unless it makes them wait. */
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

  // Elsewhere this would be said of the whole process.
  if (process.platform === 'linux') setPriority(0, NICENESS)
  parentPort?.on('message', (told: Told) => {
    if ('more' in told) listeners.get(told.id)?.(told.more)
    // What it asks for is its maker's to say.
    else void begin(told.id, told.task as Task)
  })
}
