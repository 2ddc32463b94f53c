import { type Finding, finding, type Path } from './schema/finding.ts'

/** The names of the chat platforms that destinations may be on; without them any name is taken. */
export type PlatformNames = readonly string[] | undefined

/** A finding for a destination on a platform that there is not. Others, such as `owner`, name none. */
export function platformErrors(to: string, path: Path, names: PlatformNames): Finding[] {
  const platform = /^([^:]*):/.exec(to)?.[1]
  if (names === undefined || platform === undefined || names.includes(platform)) return []
  const remedy = `Write platform:channel; the platforms are ${names.join(' and ')}.`
  return [finding(path, `"${to}" is not a valid destination.`, remedy)]
}
