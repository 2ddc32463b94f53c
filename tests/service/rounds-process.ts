import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { runCommand } from '../../src/process/run-command.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const builtFile = (name: string) => join(root, 'dist', name)

/** A place for processes: a folder with settings and a database, and an environment of its own. */
export function createPlace(files: Record<string, string> = {}, otherDatabase?: string) {
  if (!existsSync(builtFile('main.js'))) throw new Error('Build first: node build.mjs, or npm test')
  const folder = mkdtempSync(join(tmpdir(), 'rounds-process-'))
  const databaseUrl = otherDatabase ?? `sqlite:${join(folder, 'rounds.db')}`
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: databaseUrl,
    ROUNDS_CONFIG: folder,
    PORT: '0',
    LOG_LEVEL: 'info',
  }
  const services: RoundsService[] = []
  const write = (name: string, text: string | Buffer) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  for (const [name, text] of Object.entries(files)) write(name, text)

  return {
    folder,
    databaseUrl,
    env,
    cli: builtFile('cli.js'),
    write,
    /** Runs a verb of the built command line, in a process of its own and in the folder. */
    command: (...words: string[]) => run(builtFile('cli.js'), words, folder, env),
    /** Runs a verb right here, in a tenth of the time; files are named in full. */
    rounds: (...words: string[]) => runHere(words, env),
    /** Runs the built service, which is expected to end by itself. */
    serveToTheEnd: (more: Record<string, string> = {}) => run(builtFile('main.js'), [], folder, { ...env, ...more }),
    /** Starts the built service and waits until it is up. */
    async serve(more: Record<string, string> = {}): Promise<RoundsService> {
      const service = await startService(folder, { ...env, ...more })
      services.push(service)
      return service
    },
    open: (url = databaseUrl): Connection => openDatabase(url),
    async close() {
      for (const service of services) await service.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Place = ReturnType<typeof createPlace>
export type RoundsService = Awaited<ReturnType<typeof startService>>

async function startService(cwd: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [builtFile('main.js')], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    log += text
  })
  const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
  await vi.waitFor(
    () => {
      if (child.exitCode !== null) return
      if (!log.includes('Rounds is up')) throw new Error(`not up yet: ${log}`)
    },
    { timeout: 45_000, interval: 10 },
  )
  if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${log}`)
  const port = Number(/"port":(\d+)/.exec(log)?.[1])
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    log: () => log,
    /** Sends it a signal; gives its exit code. */
    end: (signal: NodeJS.Signals) => end(child, signal, ended),
    /** kill -9. */
    kill: () => end(child, 'SIGKILL', ended),
    /** Asks it to end; gives its exit code. */
    terminate: () => end(child, 'SIGTERM', ended),
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<number | null>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  return ended
}

/** How a command ended and what it said; `json` is its one document. */
export type Said = { readonly exit: number; readonly stdout: string; readonly stderr: string; readonly json: unknown }

async function runHere(words: readonly string[], environment: Record<string, string>): Promise<Said> {
  let [stdout, stderr] = ['', '']
  const out = (text: string) => {
    stdout += text
  }
  const err = (text: string) => {
    stderr += text
  }
  const style = { columns: 80, colors: false, isWatched: false }
  const exit = await runCommand(words, { environment, out, err, ...style })
  return {
    exit,
    stdout,
    stderr,
    get json() {
      return JSON.parse(stdout)
    },
  }
}

function run(file: string, words: readonly string[], cwd: string, env: Record<string, string>): Promise<Said> {
  return new Promise(resolve => {
    const child = execFile(process.execPath, [file, ...words], { cwd, env, timeout: 30_000 }, (_, stdout, stderr) =>
      resolve({
        exit: child.exitCode ?? -1,
        stdout,
        stderr,
        get json() {
          return JSON.parse(stdout)
        },
      }),
    )
  })
}
