/** Whether it went well; what went wrong is of no interest. */
export function wentWell(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  )
}
