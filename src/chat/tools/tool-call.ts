/** What a tool is given to do, as a button on a card leads to it. */
export type ToolCall = { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> }
