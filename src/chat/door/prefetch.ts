import type { Context, Runtime } from '../../context.ts'
import type { Arrived } from '../../store/delivery/handled-requests.ts'
import { lookUpAsking } from '../../work/people/person-asking.ts'
import { lookUpCalled } from '../accounts/find/find-account.ts'
import { nameIn } from '../words/understand.ts'

/**
 * Begins to look up what a request asks first, who asks and which account is called so, before the settings of the
 * request are known; what it gives has the request remember that.
 */
export function prefetch(runtime: Runtime, { kind, request }: Arrived): (context: Context) => void {
  const name = kind === 'ask' ? nameIn(request.text) : undefined
  const asked = [lookUpAsking(runtime, request.actor), ...(name ? [lookUpCalled(runtime, name)] : [])]
  return context => {
    for (const remember of asked) remember(context)
  }
}
