import { readFileSync } from 'node:fs'
import module from 'node:module'
import vm from 'node:vm'
import { readCached, writeCached } from './cache-file.ts'

export type CompiledBundle<T> = {
  readonly bundle: T
  /** Caches what is compiled by now, unless that is cached already. */
  save(): void
}

type Wrapper = (exports: object, require: NodeJS.Require, module: object, filename: string) => void

/**
 * Loads a bundle together with what V8 compiled of it the last time it ran. Node's own cache holds only what is compiled
 * before a file runs, and a command spends as long compiling its functions, one by one, as running them.
 * `cacheFile` must name the content it was compiled from: V8 compares only its length.
 */
export function loadCompiled<T>(file: string, cacheFile: string): CompiledBundle<T> {
  const cachedData = readCached(cacheFile)
  const script = new vm.Script(
    `(function (exports, require, module, __filename) {${readFileSync(file, 'latin1')}\n})`,
    {
      filename: file,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      ...(cachedData !== undefined && { cachedData }),
    },
  )
  const loaded = { exports: {} as T }
  ;(script.runInThisContext() as Wrapper)(loaded.exports as object, module.createRequire(file), loaded, file)
  return {
    bundle: loaded.exports,
    save() {
      // V8 rejects a cache from another Node or another build.
      if (cachedData === undefined || script.cachedDataRejected === true)
        writeCached(cacheFile, script.createCachedData())
    },
  }
}
