/** In shorter texts the small words say little. */
const FEW = 3

/**
 * Whether a text may be in English: the small words of other languages do not outnumber those of English, few of its
 * words have letters that English lacks, and it is not in another script. A plain rule, measured in the test beside it;
 * short texts without small words count as English.
 */
export function mayBeEnglish(text: string): boolean {
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}]+(?:['’]\p{L}+)*/gu) ?? []
  if (words.length === 0) return true
  const foreign = words.filter(word => /[^a-z'’]/u.test(word)).length
  if (foreign / words.length > (words.length < FEW ? 0.5 : 0.25)) return false
  const count = (small: ReadonlySet<string>) => words.filter(word => word.length > 1 && small.has(word)).length
  const english = count(ENGLISH)
  return OTHERS.every(small => count(small) <= english)
}

const ENGLISH = listed(
  'the a an and or but not no is are was were be been am i you he she it we they me my your our their this that these those',
  'to of in on at for with from by about as if so than then there here have has had do does did will would can could should',
  'what which who when where why how all any some more most very just only also too up out over into after before because',
  "don't didn't doesn't isn't it's i'm can't won't us them his her its get got one like good great bad nice well",
)

const OTHERS = [
  'der die das und ist nicht ein eine einen ich wir sie ihr mit für auf von zu im den dem des auch sehr aber wie noch nur uns es haben hat sind war wird kann bei',
  'le la les et est pas un une des je nous vous ils elle avec pour sur dans de du ce cette très mais que qui ne au aux sont avons avez notre votre plus merci',
  'el la los las y es no un una de del que en por para con muy pero se lo su nos estamos está son más gracias nuestro nuestra todo esto',
  'il lo la gli le e è non un una di del della che in per con molto ma si ci siamo sono più grazie questo nostro nostra anche',
  'o a os as e é não um uma de do da que em por para com muito mas se nós estamos são mais obrigado isso nosso nossa',
  'de het een en is niet ik wij we jullie met voor op van te zijn ook zeer maar dat die naar bij geen heel erg onze',
  'och är inte en ett jag vi ni med för på av att det som men så mycket har den till om var',
  'og er ikke en et jeg vi med for på av at det som men så meget har den til om var',
  'i w nie to jest na z się do że jak ale bardzo są mamy dla od po przez dziękujemy',
  've bir bu çok için ama ile değil da de ne biz siz var yok teşekkürler',
  'yang dan tidak ini itu kami saya untuk dengan di ke dari sangat tapi ada',
  'ja ei on ja se että mutta hyvin olemme oli ovat kun niin',
].map(words => listed(words))

function listed(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap(line => line.split(' ')))
}
