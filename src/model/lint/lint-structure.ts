import { type Finding, finding } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'

/** What contradicts itself in a model's lists. */
export function structureErrors(file: ModelFile): Finding[] {
  return [...doubledIds(file), ...bandErrors(file), ...segmentErrors(file), ...playErrors(file)]
}

function doubledIds(file: ModelFile): Finding[] {
  const measures = file.components.flatMap(({ measures }, at) =>
    measures.map(({ id }, index) => ({ id, path: ['components', at, 'measures', index, 'id'] })),
  )
  const watched = file.watch.map(({ id }, index) => ({ id, path: ['watch', index, 'id'] }))
  const others = (['components', 'bands', 'segments', 'playbooks'] as const).map(list =>
    file[list].map(({ id }, index) => ({ id, path: [list, index, 'id'] })),
  )
  return [[...measures, ...watched], ...others].flatMap(entries =>
    entries
      .filter(({ id }, index) => entries.findIndex(entry => entry.id === id) < index)
      .map(({ id, path }) => finding(path, `The id "${id}" is already taken.`, 'Give each its own id.')),
  )
}

/** Bands begin at 0 and rise, so that together they cover 0-100 without a gap or an overlap. */
function bandErrors(file: ModelFile): Finding[] {
  const segments = file.segments.map((segment, index) => ({
    path: ['segments', index, 'bands'],
    lines: file.bands.map(({ id, from }) => ({ id, from: segment.bands[id] ?? from })),
  }))
  return [{ path: ['bands'], lines: file.bands }, ...segments].flatMap(({ path, lines }) => {
    const [first] = lines
    const gap =
      first !== undefined && first.from !== 0
        ? [finding(path, `Scores from 0 to ${first.from} belong to no band: a gap.`, `Let "${first.id}" begin at 0.`)]
        : []
    const overlaps = lines.flatMap(({ id, from }, index) => {
      const before = lines[index - 1]
      if (before === undefined || from > before.from) return []
      const problem = `"${id}" begins at ${from}, not above "${before.id}" at ${before.from}: they overlap.`
      return [finding(path, problem, 'List the bands from the worst, each beginning above the one before.')]
    })
    return [...gap, ...overlaps]
  })
}

function segmentErrors(file: ModelFile): Finding[] {
  const known = { weights: file.components.map(({ id }) => id), bands: file.bands.map(({ id }) => id) }
  return file.segments.flatMap((segment, index) =>
    (['weights', 'bands'] as const).flatMap(key =>
      Object.keys(segment[key])
        .filter(id => !known[key].includes(id))
        .map(id =>
          finding(['segments', index, key, id], `There is no "${id}".`, `Write one of ${known[key].join(', ')}.`),
        ),
    ),
  )
}

function playErrors(file: ModelFile): Finding[] {
  const names = [...file.components.map(({ id }) => id), 'cap']
  return file.playbooks.flatMap(({ on }, index) => {
    const path = ['playbooks', index, 'on']
    if ('between' in on && on.between[0] > on.between[1]) {
      const problem = `No score is between ${on.between[0]} and ${on.between[1]}.`
      return [finding([...path, 'between'], problem, 'Write the lower end first.')]
    }
    const driver = 'driver' in on ? on.driver : undefined
    if (driver === undefined || names.includes(driver)) return []
    const remedy = `Write one of ${names.join(', ')}.`
    return [finding([...path, 'driver'], `There is no component "${driver}".`, remedy)]
  })
}
