import type { Submission } from '../../../src/chat/port.ts'

/** One input's state as Slack sends it; only the kinds that `renderForm` draws. */
export type InputState = {
  readonly type: string
  readonly value?: string | null
  readonly selected_date?: string | null
  readonly selected_time?: string | null
  readonly selected_conversation?: string | null
  readonly selected_option?: { readonly value?: string } | null
  readonly selected_options?: readonly { readonly value?: string }[]
}

type State = Readonly<Record<string, Readonly<Record<string, InputState>>>>

/** A submitted view's values by field id, which is the block's. */
export function readValues(state: State): Submission['values'] {
  return Object.fromEntries(
    Object.entries(state).map(([field, elements]) => {
      const [input] = Object.values(elements)
      return [field, input && readInput(input)]
    }),
  )
}

function readInput(input: InputState): string | readonly string[] | undefined {
  if (input.selected_options !== undefined) {
    return input.selected_options.map(option => option.value).filter(value => value !== undefined)
  }
  const picked = input.selected_date ?? input.selected_time ?? input.selected_conversation
  return input.value ?? picked ?? input.selected_option?.value ?? undefined
}
