/** A component of a CycloneDX document, as far as it matters here. */
export type Component = {
  readonly name: string
  readonly version: string
  readonly group?: string
  readonly licenses?: readonly { readonly expression?: string; readonly license?: { id?: string; name?: string } }[]
  readonly properties?: readonly { readonly name: string; readonly value: string }[]
}

export function licenseProblems(components: readonly Component[]): string[]
export function missingComponents(components: readonly Component[], wanted: readonly string[]): string[]
export function licenseOf(component: Component): string | undefined
export function isDevelopment(component: Component): boolean
