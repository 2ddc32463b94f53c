// Which licenses a package may have. Unknown is not allowed: what is missing here is looked at by a person first.

const PERMISSIVE = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
]

/** Weak copyleft, unchanged, and only among the tools of development: nothing of it is in what runs. */
const DEVELOPMENT_ONLY = { 'axe-core': 'MPL-2.0', lightningcss: 'MPL-2.0', 'lightningcss-*': 'MPL-2.0' }

/** What is wrong with the licenses of a CycloneDX document's components, one sentence each. */
export function licenseProblems(components) {
  return components.flatMap(component => {
    const written = licenseOf(component)
    const name = `${component.name} ${component.version}`
    if (written === undefined) return [`${name} names no license.`]
    if (isAllowed(written) || isTool(component, written)) return []
    return [`${name} is under ${written}, which is not on the list of lint/licenses.mjs.`]
  })
}

/** Components that a manifest or lock names and the document does not have, as name@version. */
export function missingComponents(components, wanted) {
  const there = new Set(components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`))
  return wanted.filter(component => !there.has(component))
}

export function licenseOf({ licenses = [] }) {
  const written = licenses.map(({ expression, license }) => expression ?? license?.id ?? license?.name ?? '')
  return written.length === 0 || written.includes('') ? undefined : written.join(' AND ')
}

export function isDevelopment({ properties = [] }) {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')
}

function isTool(component, written) {
  if (!isDevelopment(component)) return false
  const allowed = DEVELOPMENT_ONLY[component.name] ?? DEVELOPMENT_ONLY[component.name.replace(/-.*/, '-*')]
  return allowed === written
}

/** One side of an OR is enough, and every side of an AND is needed. */
function isAllowed(expression) {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(license => PERMISSIVE.includes(license.trim())))
}
