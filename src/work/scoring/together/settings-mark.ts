import { createHash } from 'node:crypto'
import type { Model } from '../../../domain/model/model.ts'
import type { Routes } from '../../../model/routes.ts'
import { BLOCK } from '../../../store/engine/packs/block.ts'

/** Equal for two instances that would score alike: with the same settings and the same size of shards. */
export function settingsMark({ version }: Model, routes: Routes | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([version, routes, BLOCK]))
    .digest('hex')
}
