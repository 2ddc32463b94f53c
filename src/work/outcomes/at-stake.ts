import { storedChancesOrNone } from '../../store/outcomes/study-marks.ts'
import type { Db } from '../../store/tables.ts'
import { lossSentence } from '../../views/outcomes/chance-text.ts'

/** What is at stake in the whole portfolio, in a sentence, where that may be said of this version of the model. */
export async function atStake(db: Db, version: string): Promise<string | undefined> {
  const kept = await storedChancesOrNone(db)
  if (kept?.loss === undefined || kept.isUnseen || kept.fit.version !== version) return undefined
  return lossSentence(kept.arrAtRisk, kept.loss)
}
