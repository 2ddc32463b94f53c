import { expect, it } from 'vitest'
import { answerInTime } from '../../src/chat/tools/answer-in-time.ts'
import type { Study } from '../../src/work/outcomes/study.ts'
import type { Watch } from '../../src/work/outcomes/watch.ts'

const MINUTE = 60_000

/** A long question whose end the test chooses. */
function asker() {
  const study = {} as Study
  const begun: { watch: Watch; end(answer: string): void; fail(error: Error): void }[] = []
  return {
    begun,
    ask: (now: number, timeout = 0) =>
      answerInTime(
        { study, question: 'backtest', now, timeout },
        watch => new Promise<string>((end, fail) => void begun.push({ watch, end, fail })),
      ),
  }
}

it('says how far it is, and gives the answer to whoever asks again', async () => {
  const { ask, begun } = asker()
  expect(await ask(0)).toEqual({ kind: 'running', progress: { done: 0 } })
  begun[0]?.watch.begin?.(200)
  begun[0]?.watch.advance?.(50)
  expect(await ask(MINUTE)).toEqual({ kind: 'running', progress: { done: 50, accounts: 200 } })
  begun[0]?.end('0.8')

  expect([await ask(2 * MINUTE, 1_000), await ask(3 * MINUTE, 1_000)]).toEqual([
    { kind: 'done', answer: '0.8' },
    { kind: 'done', answer: '0.8' },
  ])
  expect(begun).toHaveLength(1)
})

it('looks anew a quarter of an hour after somebody was told to ask again', async () => {
  const { ask, begun } = asker()
  await ask(0)
  begun[0]?.end('old')
  await ask(1, 1_000)
  await ask(15 * MINUTE)

  expect(begun).toHaveLength(2)
})

it('looks anew where the answer came in time', async () => {
  const { ask, begun } = asker()
  const first = ask(0, 1_000)
  begun[0]?.end('now')
  expect(await first).toEqual({ kind: 'done', answer: 'now' })
  await ask(1)

  expect(begun).toHaveLength(2)
})

it('tells of a failure once, and looks anew then', async () => {
  const { ask, begun } = asker()
  await ask(0)
  begun[0]?.fail(new Error('disk'))
  await expect(ask(1, 1_000)).rejects.toThrow('disk')
  await ask(2)

  expect(begun).toHaveLength(2)
})
