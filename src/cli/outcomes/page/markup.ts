/** Text from outside means just its characters. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A drawing with the words that stand for it wherever it is not seen. */
export function figure(title: string, words: string, width: number, height: number, content: string): string {
  const id = title.toLowerCase().replace(/[^a-z]+/g, '-')
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-words">
<title id="${id}-title">${escaped(title)}</title><desc id="${id}-words">${escaped(words)}</desc>
${content}</svg></figure>`
}
