import { readFileSync } from 'node:fs'
import module from 'node:module'
import vm from 'node:vm'
import { keepIn, keptIn } from './kept-file.ts'

export type CompiledBundle<T> = {
  readonly bundle: T
  /** Keeps what is compiled by now, where it is not kept yet and may be. */
  keep(): void
}

type Wrapper = (exports: object, require: NodeJS.Require, module: object, filename: string) => void

/**
 * Loads a bundle together with what V8 compiled of it the last time that it was used so. Node's own cache holds only what is
 * compiled before a file runs, and a command spends as long compiling its functions, one by one, as running them.
 * `kept` must say which content it was compiled of: of that, V8 compares only the length.
 */
export function loadCompiled<T>(file: string, kept: string): CompiledBundle<T> {
  const cachedData = keptIn(kept)
  const script = new vm.Script(
    `(function (exports, require, module, __filename) {${readFileSync(file, 'latin1')}\n})`,
    {
      filename: file,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      ...(cachedData !== undefined && { cachedData }),
    },
  )
  const made = { exports: {} as T }
  ;(script.runInThisContext() as Wrapper)(made.exports as object, module.createRequire(file), made, file)
  return {
    bundle: made.exports,
    keep() {
      // What another Node or another build has kept is refused.
      if (cachedData === undefined || script.cachedDataRejected === true) keepIn(kept, script.createCachedData())
    },
  }
}
