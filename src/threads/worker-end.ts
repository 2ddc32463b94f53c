import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { failureOf } from './failure.ts'
import type { FromThread, ToThread } from './worker-thread.ts'

/** What a task can send to whoever asked for it, and receive. */
export type Asked = {
  readonly id: number
  send(message: unknown): void
  /** Listens from now on; what was sent before is lost. */
  onMessage(listener: (message: unknown) => void): void
}

/** Lets the event loop go first where there are more threads than processors. */
const NICENESS = 10

/** The thread's end: `answer` does each task, several at a time unless it makes them wait. */
export function answerAll<Task>(answer: (task: Task, asked: Asked) => Promise<unknown>): void {
  const listeners = new Map<number, (message: unknown) => void>()
  const post = (message: FromThread) => parentPort?.postMessage(message)

  async function begin(id: number, task: Task): Promise<void> {
    const asked: Asked = {
      id,
      send: message => post({ id, message }),
      onMessage: listener => listeners.set(id, listener),
    }
    try {
      post({ id, result: await answer(task, asked) })
    } catch (error) {
      post({ id, failure: failureOf(error) })
    } finally {
      listeners.delete(id)
    }
  }

  // On other systems, this would apply to the whole process.
  if (process.platform === 'linux') setPriority(0, NICENESS)
  parentPort?.on('message', (received: ToThread) => {
    if ('message' in received) listeners.get(received.id)?.(received.message)
    // Its caller knows the type of its tasks.
    else void begin(received.id, received.task as Task)
  })
}
