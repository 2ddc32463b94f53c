import type { Context, Runtime } from '../../context.ts'
import type { Arrived } from '../../store/delivery/handled-requests.ts'
import { lookUpAsking } from '../../work/people/person-asking.ts'
import { lookUpCalled } from '../accounts/find/find-account.ts'
import { nameIn } from '../words/understand.ts'

/**
 * Starts the first lookups of a request, the person and the account of that name, before its settings are known.
 * The function that it returns makes the request's context remember them.
 */
export function prefetch(runtime: Runtime, { kind, request }: Arrived): (context: Context) => void {
  const name = kind === 'ask' ? nameIn(request.text) : undefined
  const asked = [lookUpAsking(runtime, request.actor), ...(name ? [lookUpCalled(runtime, name)] : [])]
  return context => {
    for (const remember of asked) remember(context)
  }
}
