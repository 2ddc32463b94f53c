/** "sha256:3f9a…" as people compare it: its first eight digits. */
export function shortVersion(version: string): string {
  return version.replace('sha256:', '').slice(0, 8)
}
