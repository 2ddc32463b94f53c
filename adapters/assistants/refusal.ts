import { ErrorCode } from '@modelcontextprotocol/sdk/types.js'

/** The protocol's own number for a resource that is not there. */
export const NOT_FOUND = -32_002
export const WRONG_ARGUMENTS = ErrorCode.InvalidParams

/** An error of the protocol: its number and a sentence. */
export function refusal(code: number, sentence: string): Error {
  return Object.assign(new Error(sentence), { code })
}
