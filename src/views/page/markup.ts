/** Text from outside means just its characters, without those that no page may hold. */
export function escaped(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A drawing with the words that stand for it wherever it is not seen. */
export function figure(title: string, words: string, width: number, height: number, content: string): string {
  const id = title.toLowerCase().replace(/[^a-z]+/g, '-')
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-words">
<title id="${id}-title">${escaped(title)}</title><desc id="${id}-words">${escaped(words)}</desc>
${content}</svg></figure>`
}
