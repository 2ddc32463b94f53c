import type { Context } from '../../context.ts'
import type { Reply } from '../port.ts'
import { failureCard } from './failure-card.ts'

type Failure = Extract<Reply, { kind: 'card' }>

/** Turns a failure into a reply to the one who asked. */
export async function guarded<R>(
  world: Pick<Context, 'log' | 'newId'>,
  act: () => Promise<R>,
  isBegun = () => true,
): Promise<R | Failure> {
  try {
    return await act()
  } catch (error) {
    return { kind: 'card', card: failureCard(world, error, isBegun()), audience: 'caller' }
  }
}
