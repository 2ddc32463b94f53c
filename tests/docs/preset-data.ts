import type { Measure, Model } from '../../src/domain/model/model.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { presetNames, readPreset } from '../../src/model/presets.ts'
import { modelIn } from '../../src/model/settings.ts'

/** A metric as a preset reads it: one line of the tables of docs/data.md. */
export type PresetMetric = { readonly metric: string; readonly unit: string; readonly read: string }

/** What each preset reads, by its name, in the order of its model. */
export function presetData(): ReadonlyMap<string, readonly PresetMetric[]> {
  return new Map(presetNames().map(name => [name, metricsOf(modelIn(name, readPreset(name)).model)]))
}

export function tableOf(metrics: readonly PresetMetric[]): string {
  const lines = metrics.map(({ metric, unit, read }) => `| \`${metric}\` | ${unit} | ${read} |`)
  return ['| metric | unit | read as |', '|---|---|---|', ...lines].join('\n')
}

function metricsOf(model: Model): PresetMetric[] {
  const measures = [...model.components.flatMap(({ measures }) => measures), ...model.watch]
  const read = new Map<string, Set<string>>()
  for (const [metric, words] of measures.flatMap(readings)) {
    read.set(metric, (read.get(metric) ?? new Set()).add(words))
  }
  return [...read].map(([metric, words]) => ({
    metric,
    unit: model.metrics[metric]?.unit ?? '',
    read: [...words].join('; '),
  }))
}

function readings({ input }: Measure): [metric: string, words: string][] {
  if (input.from !== 'metric') return []
  const { metric, per } = input
  const own: [string, string] = [metric, wordsOf(input)]
  return per === undefined ? [own] : [own, [per.metric, `what ${metric} is divided by: ${wordsOf(per)}`]]
}

function wordsOf({ take, over }: { readonly take: string; readonly over?: number }): string {
  const window = over === undefined ? '' : ` of ${over / DAY} days`
  return `${take.replace('_', ' ')}${window}`
}
