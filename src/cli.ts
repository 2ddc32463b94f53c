#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { requireNode } from '../node-version.mjs'
import { type CompiledBundle, loadCompiled } from './compiled-bundle.ts'
import type * as Command from './process/run-command.ts'
import { startQuickly } from './quick-start.ts'

requireNode()
startQuickly(process.env)
loadEnvFile()
const words = process.argv.slice(2)
// Named for what is in it, so that what is kept of one build never meets another.
const build = readFileSync(inBuild('built'), 'utf8')
const { bundle, keep } = loadCommand(words[0] ?? '')
const { stdout, stderr } = process
// Who reads only the first lines, as `head` does, has what they want.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
const exitCode = await bundle.runCommand(words, {
  environment: process.env,
  out: text => stdout.write(text),
  err: text => stderr.write(text),
  columns: stdout.columns ?? (Number(process.env.COLUMNS) || 80),
  colors: wantsColors(process.env, stdout.isTTY === true),
  isWatched: stderr.isTTY === true,
  keptIn: inBuild(`compiled/${build}`),
})
if (exitCode === 0) keep()
// As soon as all is written: else V8 begins to collect garbage that goes with the process anyway.
stdout.write('', () => stderr.write('', () => process.exit(exitCode)))

/** Stacks name the files of the sources only where Node itself loads the bundle. */
function loadCommand(verb: string): CompiledBundle<typeof Command> {
  const file = inBuild(`${build}.cjs`)
  if (process.env.LOG_LEVEL === 'debug') return { bundle: createRequire(import.meta.url)(file), keep() {} }
  return loadCompiled(file, inBuild(`compiled/${build}/${/^[a-z]+$/.test(verb) ? verb : 'help'}`))
}

function inBuild(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

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
