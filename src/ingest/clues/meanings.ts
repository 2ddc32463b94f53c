import type { ColumnProfile } from './profile.ts'

/** What a column may be, by its name and by what stands in it. */
export type Meaning =
  | 'account_id'
  | 'account_name'
  | 'domain'
  | 'email'
  | 'owner'
  | 'arr'
  | 'mrr'
  | 'renewal_on'
  | 'created_on'
  | 'lifecycle'
  | 'segment'
  | 'at'
  | 'metric'
  | 'value'
  | 'event'
  | 'user'
  | 'row_id'
  | 'pulse'
  | 'nps'
  | 'csat'
  | 'text'
  | 'subject'
  | 'priority'
  | 'churned_on'
  | 'outcome'
  | 'reason'

type Sign = {
  readonly meaning: Meaning
  /** Of the folded name. */
  readonly name: RegExp
  /** Whether the cells are such. */
  readonly fits?: (column: ColumnProfile) => boolean
}

const isNumber = ({ numbers }: ColumnProfile) => numbers >= 0.6
const isWord = ({ numbers, isDate }: ColumnProfile) => numbers < 0.5 && !isDate
const isDay = ({ isDate }: ColumnProfile) => isDate
const COMPANY =
  '(?:account|company|companies|customer|client|org|organi[sz]ation|workspace|tenant|group|crm|kunden?|firmen?|firma|unternehmen|entreprise|konto|cliente?|empresa|societe)'

/** In the order in which they are tried: the first that fits a column names it. English, German, French, Spanish. */
const SIGNS: readonly Sign[] = [
  {
    meaning: 'churned_on',
    name: /^churn(?:ed)? (?:date|on|at)$|^cancel(?:led|ed|lation)? (?:date|on|at)$|^kundigung(?:sdatum)?$/,
    fits: isDay,
  },
  { meaning: 'outcome', name: /^(?:outcome|renewal (?:outcome|result|status))$/, fits: isWord },
  {
    meaning: 'renewal_on',
    name: /renew|verlangerung|vertragsende|laufzeitende|contract end|subscription end|^ablauf|echeance|renouvellement|renovacion|vencimiento/,
    fits: isDay,
  },
  {
    meaning: 'account_id',
    name: new RegExp(
      `^${COMPANY} ?(?:id|nr|no|number|numer|nummer|key|code|external id|uuid)$|^(?:kundennummer|kundenr|numero client|external id)$`,
    ),
  },
  { meaning: 'domain', name: /domain|web ?site|webseite|homepage|^url$|^web$/, fits: ({ domains }) => domains >= 0.5 },
  {
    meaning: 'owner',
    name: /^(?:csm|am|owner|betreuer|kundenbetreuer|verantwortlich(?:er)?|zustandig|responsable)$|success manager|success owner|account (?:owner|manager)|company owner|csm (?:name|email|owner)|^owner (?:email|name)$/,
  },
  { meaning: 'metric', name: /^(?:metric|measure|kpi|metrik|kennzahl|indicator|metrique)(?: name)?$/, fits: isWord },
  { meaning: 'value', name: /^(?:value|wert|valeur|valor|reading|metric value)$/ },
  {
    meaning: 'event',
    name: /^(?:event|event name|event type|action|activity|aktion|feature|feature name)$/,
    fits: isWord,
  },
  {
    meaning: 'nps',
    name: /\bnps\b|recommend|weiterempfehl/,
    fits: column => isNumber(column) && column.range.max <= 10,
  },
  {
    meaning: 'csat',
    name: /csat|satisfaction|zufriedenheit/,
    fits: column => isNumber(column) && column.range.max <= 5,
  },
  {
    meaning: 'pulse',
    name: /stimmung|mood|health|sentiment|pulse|ampel|\brag\b|traffic light|rating|einschatzung|gefuhl|humeur|estado de animo|status|risk/,
    fits: isPulse,
  },
  {
    meaning: 'arr',
    name: /\barr\b|\bacv\b|annual (?:recurring )?(?:revenue|value|contract)|^contract value|jahresumsatz|vertragswert|^umsatz|^revenue$|^ca annuel/,
    fits: isNumber,
  },
  { meaning: 'mrr', name: /\bmrr\b|monthly recurring|monatsumsatz/, fits: isNumber },
  {
    meaning: 'created_on',
    name: /customer since|kunde seit|client depuis|^sign ?up|^onboard|vertragsbeginn|contract start|^created on$|^create date$|^start date$|^joined/,
    fits: isDay,
  },
  {
    meaning: 'at',
    name: /^(?:date|day|datum|tag|timestamp|time|ds|fecha|observed at|when|as of|stand)$|^(?:conversation |ticket |case )?(?:usage|activity|event|snapshot|submitted|created|opened|started|received|requested|reported|responded|completed|response|survey|report|week|month|period|erstellt|eroffnet)(?: (?:date|at|on|of|start|starting|begin|beginning|end|ending|time|am|day))?$|^(?:woche|monat|semaine|semana|mes|mois)$|last (?:contact|touch|meeting|call|activity)|letzter? (?:kontakt|besuch|termin)|dernier contact|ultimo contacto|datum/,
    fits: isDay,
  },
  { meaning: 'lifecycle', name: /life ?cycle|^(?:customer |account |kunden)?(?:status|stage)$|^phase$/, fits: isWord },
  { meaning: 'segment', name: /segment|^tier$|customer tier|account tier|^grosse$|groessenklasse/, fits: isWord },
  { meaning: 'subject', name: /^(?:subject|title|betreff|summary|titel)$/, fits: isWord },
  { meaning: 'priority', name: /^(?:priority|prioritat|severity|urgency)$/ },
  { meaning: 'reason', name: /reason|grund/, fits: isWord },
  {
    meaning: 'text',
    name: /note|notiz|comment|kommentar|remark|bemerkung|feedback|verbatim|^text$|description|beschreibung|anmerkung|commentaire|comentario/,
    fits: isWord,
  },
  { meaning: 'email', name: /mail/, fits: ({ emails }) => emails >= 0.5 },
  { meaning: 'user', name: /^(?:user|person|nutzer|benutzer|contact|distinct)(?: ?(?:id|name))?$/ },
  {
    meaning: 'account_name',
    name: new RegExp(`^${COMPANY}(?: ?name)?$|^name$|^kundenname$|^firmenname$|^nom$|^nombre$`),
    fits: isWord,
  },
  { meaning: 'account_id', name: new RegExp(`^${COMPANY}$`) },
  { meaning: 'row_id', name: /^id$| id$|^(?:ticket|response|invoice|event|usage) ?(?:id|nr|number)$|^uuid$/ },
  { meaning: 'email', name: /./, fits: ({ emails }) => emails >= 0.9 },
  { meaning: 'domain', name: /./, fits: ({ domains }) => domains >= 0.9 },
]

/** What each column most likely is; columns with no such meaning are left out. */
export function meaningsOf(columns: readonly ColumnProfile[]): ReadonlyMap<string, Meaning> {
  return new Map(
    columns.flatMap(column => {
      if (column.name === '' || column.filled === 0) return []
      const sign = SIGNS.find(({ name, fits }) => name.test(column.words) && (fits === undefined || fits(column)))
      return sign === undefined ? [] : [[column.name, sign.meaning] as const]
    }),
  )
}

/** Whether a date says when its row was true, rather than when somebody was last contacted. */
export function isDayOfRow({ words }: ColumnProfile): boolean {
  return !/last|letzt|dernier|ultimo/.test(words)
}

/** What words of a mood mean on the scale of a pulse, 1 to 5; words of one list are used together. */
export const MOODS: readonly Readonly<Record<string, number>>[] = [
  { red: 1, orange: 2, amber: 3, yellow: 3, green: 5 },
  { rot: 1, orange: 2, gelb: 3, grün: 5 },
  { rouge: 1, orange: 2, jaune: 3, vert: 5 },
  { rojo: 1, naranja: 2, amarillo: 3, verde: 5 },
  { '🔴': 1, '🟠': 2, '🟡': 3, '🟢': 5 },
  {
    'very bad': 1,
    bad: 2,
    poor: 1,
    ok: 3,
    okay: 3,
    average: 3,
    fair: 3,
    good: 4,
    great: 5,
    excellent: 5,
    'very good': 5,
  },
  { 'sehr schlecht': 1, schlecht: 2, mittel: 3, gut: 4, 'sehr gut': 5 },
  { unhappy: 1, neutral: 3, happy: 5 },
  { negative: 1, neutral: 3, positive: 5 },
  { critical: 1, kritisch: 1, 'at risk': 1, 'needs attention': 3, stable: 4, stabil: 4, healthy: 5 },
]

const MOOD_WORDS = new Set(MOODS.flatMap(words => Object.keys(words)))

function isPulse({ values, numbers, range, isDate }: ColumnProfile): boolean {
  if (isDate || values.size === 0) return false
  if (numbers >= 0.9) return values.size <= 101 && range.min >= 0 && range.max <= 100 && values.size > 1
  const words = [...values.keys()].map(word => word.toLowerCase())
  return words.length <= 12 && words.filter(word => MOOD_WORDS.has(word)).length >= Math.max(2, words.length * 0.6)
}
