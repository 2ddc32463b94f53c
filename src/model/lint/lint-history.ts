import { nearestOf } from '../../nearest.ts'
import { type Finding, finding, type Path } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'
import type { Fired, LintFacts } from './lint-facts.ts'

/** What a database shows of a model: inputs that nothing feeds, rules and components that never mattered. */
export function historyWarnings(file: ModelFile, facts: LintFacts): Finding[] {
  return [...unfed(file, facts), ...(facts.fired === undefined ? [] : neverMattered(file, facts.fired, facts.days))]
}

/** So many letters are a slip; more are another name. */
const MOST_EDITS = 2

type Measure = ModelFile['watch'][number]

function unfed(file: ModelFile, { metrics, attributes }: LintFacts): Finding[] {
  const measures = [
    ...file.components.flatMap(({ measures }, at) =>
      measures.map((measure, index) => ({ measure, path: ['components', at, 'measures', index] })),
    ),
    // Growth signals may well wait for their first: one that is watched with a value for "none" says so.
    ...file.watch.flatMap((measure, index) =>
      measure.when_empty === undefined ? [{ measure, path: ['watch', index] }] : [],
    ),
  ]
  return measures
    .flatMap(({ measure, path }) => inputsOf(measure, path))
    .flatMap(({ what, name, path }) => {
      if ((what === 'metric' ? metrics : attributes).has(name)) return []
      if (what === 'attribute') {
        return [finding(path, `No account has the attribute "${name}".`, 'Import it with the accounts, or remove it.')]
      }
      const problem = `No signal of the metric "${name}" is stored.`
      const nearest = nearestOf(name, [...metrics], MOST_EDITS)
      const meant = nearest === undefined ? '' : `Did you mean "${nearest}"? `
      return [finding(path, problem, `${meant}Import its signals, fix the name, or remove the measure.`)]
    })
}

type Input = { readonly what: 'metric' | 'attribute'; readonly name: string; readonly path: Path }

function inputsOf({ metric, attribute, per }: Measure, path: Path): Input[] {
  return [
    ...(metric === undefined ? [] : [{ what: 'metric' as const, name: metric, path: [...path, 'metric'] }]),
    ...(per === undefined ? [] : [{ what: 'metric' as const, name: per.metric, path: [...path, 'per', 'metric'] }]),
    ...(attribute === undefined ? [] : [{ what: 'attribute' as const, name: attribute, path: [...path, 'attribute'] }]),
  ]
}

function neverMattered(file: ModelFile, fired: Fired, days: number): Finding[] {
  const since = `in ${days} days of history`
  const rule = 'Check its condition against an account that it should find, or remove it.'
  const component = 'Give it more weight or a stricter scale, or remove it: it explains nothing.'
  return [
    ...file.components.flatMap(({ id }, at) =>
      fired.drivers.has(id) ? [] : [finding(['components', at], `"${id}" was never a top driver ${since}.`, component)],
    ),
    ...file.caps.flatMap(({ because }, at) =>
      fired.caps.has(at) ? [] : [finding(['caps', at], `The cap "${because}" never fired ${since}.`, rule)],
    ),
    ...(file.expansion === undefined || fired.expansion
      ? []
      : [finding(['expansion'], `The rule for expansion never fired ${since}.`, rule)]),
    ...file.alerts.flatMap(({ kind }, at) =>
      fired.alerts.has(kind) || kind === 'expansion_ready'
        ? []
        : [finding(['alerts', at], `The alert rule "${kind}" never fired ${since}.`, rule)],
    ),
  ]
}
