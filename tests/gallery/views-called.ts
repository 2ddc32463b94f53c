import { Session } from 'node:inspector/promises'

/** The names of the functions in `src/views` that run while `work` does. */
export async function viewsCalled(work: () => Promise<unknown>): Promise<Set<string>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await work()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  await session.post('Profiler.stopPreciseCoverage')
  session.disconnect()
  const ofViews = result.filter(({ url }) => url.includes('/src/views/')).flatMap(({ functions }) => functions)
  return new Set(ofViews.filter(({ ranges: [all] }) => (all?.count ?? 0) > 0).map(({ functionName }) => functionName))
}
