export type SourceFile = { readonly path: string; readonly text: string }

export function platformNames(index?: string): string[]
export function linesThatName(names: readonly string[], files: readonly SourceFile[]): string[]
export function sourceFiles(): SourceFile[]
