import * as z from 'zod'

/** The message, or the App Home, that a form was opened from, as the form brings it back beside its own state. */
export type FormOrigin = z.infer<typeof origin>

const origin = z.object({
  channel: z.string(),
  /** The message's id; an ephemeral message has none. */
  id: z.string().exactOptional(),
  /** Where the message can be replaced for half an hour. */
  url: z.string().exactOptional(),
  isOwn: z.boolean().exactOptional(),
  /** It is not a message but the App Home of the person who acts. */
  isHome: z.boolean().exactOptional(),
  shows: z.string().exactOptional(),
})

const sealed = z.strictObject({ state: z.string(), from: origin })

/** A form's hidden state, as one text. */
export function sealState(state: string, from: FormOrigin | undefined, most: number): string {
  const whole = JSON.stringify({ state, from })
  return from === undefined || whole.length > most ? state : whole
}

export function openState(text: string): { readonly state: string; readonly from?: FormOrigin } {
  try {
    return sealed.parse(JSON.parse(text))
  } catch {
    return { state: text }
  }
}
