#!/usr/bin/env node
import { requireNode } from '../node-version.mjs'
import { startQuickly } from './quick-start.ts'

requireNode()
startQuickly(process.env)
// Only now: what is imported above would be loaded before the version is looked at.
const { runCommand } = await import('./process/run-command.ts')

loadEnvFile()
const { stdout, stderr } = process
// Who reads only the first lines, as `head` does, has what they want.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  out: text => stdout.write(text),
  err: text => stderr.write(text),
  columns: stdout.columns ?? (Number(process.env.COLUMNS) || 80),
  colors: wantsColors(process.env, stdout.isTTY === true),
  isWatched: stderr.isTTY === true,
})

/** As the environment asks; else where somebody reads. */
function wantsColors({ NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv, isWatched: boolean): boolean {
  if (NO_COLOR) return false
  return FORCE_COLOR ? FORCE_COLOR !== '0' : isWatched
}

function loadEnvFile(): void {
  try {
    process.loadEnvFile('.env')
  } catch {
    // There need not be one.
  }
}
