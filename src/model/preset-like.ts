import { presetNames, readPreset } from './presets.ts'
import { type ModelFile, modelSchema } from './schema/model.ts'
import { parseYaml } from './schema/yaml.ts'

/** The preset that scores exactly as this model does, if there is one: a copy that nobody has made their own. */
export function presetLike(file: ModelFile): string | undefined {
  const mine = scoring(file)
  return presetNames().find(name => {
    const preset = presetFile(name)
    return preset !== undefined && scoring(preset) === mine
  })
}

/** What makes the numbers and verdicts, without the words. */
function scoring({ components, bands, segments, caps, min_coverage }: ModelFile): string {
  return JSON.stringify({
    components: components.map(({ id, weight, measures }) => ({ id, weight, measures })),
    bands: bands.map(({ id, from }) => ({ id, from })),
    segments: segments.map(({ id, when, weights, bands }) => ({ id, when, weights, bands })),
    caps: caps.map(({ when, at_most }) => ({ when, at_most })),
    min_coverage,
  })
}

function presetFile(name: string): ModelFile | undefined {
  const parsed = parseYaml(readPreset(name))
  return 'errors' in parsed ? undefined : modelSchema.safeParse(parsed.value).data
}
