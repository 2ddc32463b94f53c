import { fixedDestinations, type Target } from '../domain/alerts/target.ts'
import { destinationName } from '../domain/delivery/destination.ts'
import { type Finding, finding, type Path } from './schema/finding.ts'

/** The names of the chat platforms that destinations may be on; without them any name is taken. */
export type PlatformNames = readonly string[] | undefined

/** A finding for each destination on an unknown platform. Others, such as `owner`, name none. */
export function platformErrors(target: Target, path: Path, names: PlatformNames): Finding[] {
  const [to] = fixedDestinations([target])
  if (names === undefined || to === undefined || names.includes(to.platform)) return []
  const remedy = `Write platform:channel; the platforms are ${names.join(' and ')}.`
  return [finding(path, `"${destinationName(to)}" is not a valid destination.`, remedy)]
}
