import { zipSync } from 'fflate'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** A cell: a text, a number, or the XML within `<c>` with the attributes it needs. */
export type WrittenCell = string | number | { readonly attributes: string; readonly xml: string }

/** A day as Excel keeps it: a number with the format of a date. */
export function dateCell(serial: number): WrittenCell {
  return { attributes: 's="1"', xml: `<v>${serial}</v>` }
}

/** A workbook as Excel writes one, with one sheet for each entry. */
export function workbook(sheets: Readonly<Record<string, readonly (readonly WrittenCell[])[]>>): Buffer {
  const names = Object.keys(sheets)
  return packed(
    names,
    Object.values(sheets).map(rows => rows.map(rowXml).join('')),
  )
}

/** A workbook whose sheet has this XML within `<sheetData>`. */
export function rawWorkbook(sheetData: string): Buffer {
  return packed(['Sheet1'], [sheetData])
}

function packed(names: readonly string[], sheets: readonly string[]): Buffer {
  const relation = (at: number) =>
    `<Relationship Id="rId${at}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${at}.xml"/>`
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${names
      .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${names
      .map((_, at) => relation(at + 1))
      .join('')}<Relationship Id="rId99" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  }
  for (const [at, data] of sheets.entries()) {
    files[`xl/worksheets/sheet${at + 1}.xml`] = `<worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData></worksheet>`
  }
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))
  return Buffer.from(zipSync(bytes))
}

function rowXml(cells: readonly WrittenCell[], at: number): string {
  const row = at + 1
  return `<row r="${row}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row}`)).join('')}</row>`
}

function cellXml(cell: WrittenCell, place: string): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'object') return `<c r="${place}" ${cell.attributes}>${cell.xml}</c>`
  const text = cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return cell === '' ? '' : `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
}

function letters(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : `${letters(Math.floor(column / 26) - 1)}${letters(column % 26)}`
}
