import { titleOf } from '../../domain/accounts/title.ts'
import type { Model } from '../../domain/model/model.ts'
import { CAP } from '../../domain/scoring/health.ts'

/** What a change is put down to, after "because of". The model may no longer have the component. */
export function driverName({ components }: Model, driver: string): string {
  return driver === CAP ? 'a cap' : (components.find(({ id }) => id === driver)?.label ?? titleOf(driver))
}
