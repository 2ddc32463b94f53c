/** A link by what it is called; no mention of a person, a group or a channel. */
export function withoutMarkup(text: string): string {
  return text.replace(/<(?:https?:|mailto:|tel:)[^|>\s]*\|([^>]*)>/gi, ' $1 ').replace(/<[@#!][^>]*>/g, ' ')
}
