import type { BandSet } from '../domain/model/compare-bands.ts'
import { presetSource } from './preset-sources.ts'
import { presetNames, readPreset } from './presets.ts'
import { modelIn } from './settings.ts'

let known: readonly BandSet[] | undefined

/** The bands of every preset, read once: presets change only with a version of Rounds. */
export function presetBands(): readonly BandSet[] {
  known ??= presetNames().map(name => ({
    name,
    source: presetSource(name),
    bands: modelIn(`${name}.yaml`, readPreset(name)).model.bands,
  }))
  return known
}
