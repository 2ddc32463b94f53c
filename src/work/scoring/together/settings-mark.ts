import { createHash } from 'node:crypto'
import type { Model } from '../../../domain/model/model.ts'
import type { Routes } from '../../../model/routes.ts'
import { SHARD } from './shard.ts'

/** The same for two instances that would score alike, since they were given the same settings and divide alike. */
export function settingsMark({ version }: Model, routes: Routes | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([version, routes, SHARD]))
    .digest('hex')
}
