#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { requireNode } from '../node-version.mjs'
import type * as Command from './process/run-command.ts'
import { useCompileCache } from './startup/compile-cache.ts'
import { type CompiledBundle, loadCompiled } from './startup/compiled-bundle.ts'

requireNode()
useCompileCache(process.env)
loadEnvFile()
const words = process.argv.slice(2)
// Named for its content, so that builds never share a cache.
const build = readFileSync(inBuild('built'), 'utf8')
const { bundle, save } = loadCommand(words[0] ?? '')
const { stdout, stderr } = process
// A reader that stops early, as `head` does, has what it wants.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
const exitCode = await bundle.runCommand(words, {
  environment: process.env,
  out: text => stdout.write(text),
  err: text => stderr.write(text),
  columns: stdout.columns ?? (Number(process.env.COLUMNS) || 80),
  colors: wantsColors(process.env, stdout.isTTY === true),
  isWatched: stderr.isTTY === true,
  cacheFolder: inBuild(`compiled/${build}`),
})
if (exitCode === 0) save()
// Exits as soon as everything is written: V8 would otherwise collect garbage that goes with the process anyway.
stdout.write('', () => stderr.write('', () => process.exit(exitCode)))

/** Stack traces name source files only if Node itself loads the bundle. */
function loadCommand(verb: string): CompiledBundle<typeof Command> {
  const file = inBuild(`${build}.cjs`)
  if (process.env.LOG_LEVEL === 'debug') return { bundle: createRequire(import.meta.url)(file), save() {} }
  return loadCompiled(file, inBuild(`compiled/${build}/${/^[a-z]+$/.test(verb) ? verb : 'help'}`))
}

function inBuild(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

/** As the environment asks, or if a person is reading. */
function wantsColors({ NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv, isWatched: boolean): boolean {
  if (NO_COLOR) return false
  return FORCE_COLOR ? FORCE_COLOR !== '0' : isWatched
}

function loadEnvFile(): void {
  try {
    process.loadEnvFile('.env')
  } catch {
    // It is optional.
  }
}
