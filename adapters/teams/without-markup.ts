/** No mention, which is a name and says nothing. */
export function withoutMarkup(text: string): string {
  return text.replace(/<at\b[^>]*>.*?<\/at>/gis, ' ')
}
