import type { PlatformFound, PlatformParts } from '../src/chat/platform.ts'
import type { ChatAdapter } from '../src/chat/port.ts'

type Env = Readonly<Record<string, string | undefined>>
type Problems = { readonly problems: readonly string[] }
type Create<Config> = (parts: PlatformParts & { readonly config: Config }) => ChatAdapter

/** How a platform is read from the environment: its configuration at once, its code only when it is needed. */
export function readPlatform<Config extends object>(
  readConfig: (env: Env) => Config | Problems | undefined,
  fetchCreate: () => Promise<Create<Config>>,
): (env: Env) => PlatformFound | undefined {
  return env => {
    const config = readConfig(env)
    if (config === undefined || 'problems' in config) return config
    const load = async () => {
      const create = await fetchCreate()
      return (parts: PlatformParts) => create({ ...parts, config })
    }
    return { load }
  }
}
