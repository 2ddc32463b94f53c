import type { Item, Part, TablePart, Tone } from '../card.ts'
import { linePlot } from './line-plot.ts'
import { escaped } from './markup.ts'

export function partHtml(part: Part): string {
  switch (part.kind) {
    case 'text':
      return `<p${part.quiet ? ' class="quiet"' : ''} dir="auto">${escaped(part.text)}</p>`
    case 'facts':
      return table(part.facts.map(({ label, value }) => row(label, escaped(value))))
    case 'list':
      return `${heading(part.heading)}${table(part.items.map(itemRow))}`
    case 'table':
      return `${heading(part.caption)}${tableHtml(part)}`
    case 'chart':
      return `${heading(part.title)}${linePlot(part)}`
  }
}

export function heading(text: string | undefined): string {
  return text === undefined ? '' : `<h2>${escaped(text)}</h2>`
}

/** The first cell of each row names it. */
export function tableHtml({ columns, rows }: Pick<TablePart, 'columns' | 'rows'>): string {
  const kind = (at: number, text = '') => {
    if (columns[at]?.isNumeric) return ' class="number"'
    return text !== '' && text.length <= SHORT ? ' class="short"' : ''
  }
  const head = columns.map(({ label }, at) => `<th scope="col"${kind(at)}>${escaped(label)}</th>`).join('')
  const body = rows.map(cells =>
    cells
      .map(({ text, tone }, at) =>
        at === 0
          ? `<th scope="row" dir="auto"${text.startsWith('– ') ? ' class="part"' : ''}>${escaped(text)}</th>`
          : `<td${kind(at, text)} dir="auto">${sign(tone)}${escaped(text)}</td>`,
      )
      .join(''),
  )
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.map(line => `<tr>${line}</tr>`).join('')}</tbody></table>`
}

/** Texts of up to this many letters, such as a day, stay on one line. */
const SHORT = 12

function table(rows: readonly string[]): string {
  return `<table class="list"><tbody>${rows.join('')}</tbody></table>`
}

function itemRow({ lead, tone, text, note, link }: Item): string {
  const more = note === undefined || note === '' ? '' : `<br><span class="quiet">${escaped(note)}</span>`
  const address = link === undefined || !/^https:\/\//.test(link.url) ? '' : ` ${anchor(link)}`
  return row(lead, `${sign(tone)}${escaped(text)}${address}${more}`)
}

function anchor({ label, url }: NonNullable<Item['link']>): string {
  return `<a href="${escaped(url)}" rel="noreferrer">${escaped(label)}</a>`
}

/** Without a lead the text has the whole line. */
function row(lead: string | undefined, html: string): string {
  return lead === undefined || lead === ''
    ? `<tr><td colspan="2" dir="auto">${html}</td></tr>`
    : `<tr><th scope="row" dir="auto">${escaped(lead)}</th><td dir="auto">${html}</td></tr>`
}

/** A sign next to the words, never color alone; the words say the same to people who cannot see it. */
function sign(tone: Tone | undefined): string {
  return tone === undefined || tone === 'neutral'
    ? ''
    : `<span class="sign ${tone}" aria-hidden="true">${SIGNS[tone]}</span> `
}

const SIGNS: Readonly<Record<Exclude<Tone, 'neutral'>, string>> = { good: '▲', warn: '●', bad: '▼' }
