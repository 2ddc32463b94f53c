// `npm run sbom`: writes the bill of materials, and fails on a missing or copyleft license. Of everything that is
// installed: `npm sbom --omit dev` leaves out direct dependencies that a tool needs too.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDevelopment, licenseOf, licenseProblems, missingComponents } from './licenses.mjs'

const FILE = 'sbom.cdx.json'

const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
const { components } = JSON.parse(text)
writeFileSync(FILE, text)

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const installed = Object.entries(packages)
  .filter(([path]) => path !== '' && existsSync(path))
  .map(([path, { name, version }]) => `${name ?? path.replace(/^.*node_modules\//, '')}@${version}`)

const problems = [
  ...missingComponents(components, installed).map(component => `${component} is installed and not in the document.`),
  ...licenseProblems(components),
]
const counts = Map.groupBy(components, licenseOf)
for (const [license, { length }] of [...counts].sort((a, b) => b[1].length - a[1].length))
  console.log(`${length}\t${license}`)
const running = components.filter(component => !isDevelopment(component)).length
console.log(`${FILE}: ${components.length} components, ${running} of which run.`)
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
