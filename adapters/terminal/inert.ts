/** Text from outside must not steer the terminal: no control and no direction characters, newlines kept. */
export function inert(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, character => (character === '\n' ? '\n' : ''))
}
