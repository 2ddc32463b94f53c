import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { dirname } from 'node:path'
import vm from 'node:vm'

export type CompiledBundle<T> = {
  readonly bundle: T
  /** Keeps what is compiled by now, where it is not kept yet and may be. */
  keep(): void
}

/**
 * Loads a bundle together with what V8 compiled of it the last time that it was used so. Node's own cache holds only what is
 * compiled before a file runs, and a command spends as long compiling its functions, one by one, as running them.
 * `kept` must say which content it was compiled of: of that, V8 compares only the length.
 */
export function loadCompiled<T>(file: string, kept: string): CompiledBundle<T> {
  const cachedData = readOrNone(kept)
  const script = new vm.Script(`(function (exports, require, module, __filename) {${readFileSync(file, 'utf8')}\n})`, {
    filename: file,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData !== undefined && { cachedData }),
  })
  const made = { exports: {} as T }
  script.runInThisContext()(made.exports, module.createRequire(file), made, file)
  return {
    bundle: made.exports,
    keep() {
      // What another Node or another build has kept is refused.
      if (cachedData !== undefined && script.cachedDataRejected !== true) return
      try {
        mkdirSync(dirname(kept), { recursive: true })
        const half = `${kept}.${process.pid}`
        writeFileSync(half, script.createCachedData(), { mode: 0o600, flush: true })
        renameSync(half, kept)
      } catch {
        // The program may lie where nothing may be written.
      }
    },
  }
}

function readOrNone(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
