import { cpus, totalmem } from 'node:os'

/** The table of docs/speed.md: where and when, then a row for each bench, its ratio first. */
export function speedTable(results) {
  const [{ model = 'unknown processor' } = {}] = cpus()
  const machine = `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`
  const versions = `Node ${process.versions.node}, V8 ${process.versions.v8}`
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine}, ${versions}, ${process.platform} ${process.arch}`,
    '',
    '| bench | ratio | goal | besides | what it does |',
    '| --- | --- | --- | --- | --- |',
    ...results.map(result => `| ${cells(result).join(' | ')} |`),
  ].join('\n')
}

function cells({ bench, ratio, goal, wanted, holds, what, left_out: leftOut = [], ...rest }) {
  const besides = Object.entries(rest)
    .filter(([key]) => !key.endsWith('_goal') && !key.endsWith('_wanted'))
    .map(([key, value]) => {
      const limit = rest[`${key}_goal`]
      return `${key} ${value}${limit === undefined ? '' : ` (${sign(rest[`${key}_wanted`])} ${limit})`}`
    })
  const missing = leftOut.map(name => `without ${name}, which is not installed`)
  return [
    `\`${bench}\``,
    ratio,
    `${sign(wanted)} ${goal}${holds ? '' : ', missed'}`,
    [...besides, ...missing].join(', '),
    what,
  ]
}

function sign(wanted) {
  return wanted === 'at least' ? '≥' : '≤'
}
