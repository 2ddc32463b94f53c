import { readFileSync } from 'node:fs'
import type { Environment } from '../config.ts'

/** The signals with which a supervisor or a terminal ends the service. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** The scripts of package.json that run the service, and `npx`: npm stands between them and the supervisor. */
const UNDER_NPM = ['start', 'rounds', 'demo', 'npx']

const CHECK_EVERY = 500

/**
 * Aborts once the process is told to stop, by a signal or because the npm that started it is gone. npm passes on only
 * SIGTERM and SIGINT; SIGHUP and SIGKILL end it, and its child would keep the port and the lock.
 */
export function stopSignal(env: Environment): AbortSignal {
  const stop = new AbortController()
  for (const signal of SIGNALS) process.once(signal, () => stop.abort())
  if (UNDER_NPM.includes(env.npm_lifecycle_event ?? '')) abortWithParent(stop)
  return stop.signal
}

function abortWithParent(stop: AbortController): void {
  const child = childOfNpm()
  const parent = parentOf(child)
  const watch = setInterval(() => {
    if (Object.is(parentOf(child), parent) && !stop.signal.aborted) return
    clearInterval(watch)
    stop.abort()
  }, CHECK_EVERY)
  watch.unref()
}

/** This process, or the shell that npm put around it: `exec` in package.json leaves none, `npx` does. */
function childOfNpm(): number {
  return /^(ba|da|z)?sh$/.test(procFile(process.ppid, 'comm').trim()) ? process.ppid : process.pid
}

function parentOf(pid: number): number {
  return pid === process.pid ? process.ppid : Number(/^PPid:\s+(\d+)/m.exec(procFile(pid, 'status'))?.[1])
}

/** Empty if the system has no such file, or the process is gone. */
function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
