/** A terminal's transcript as a page. */
export function terminalPage(command: string, transcript: string): string {
  const text = transcript.split('\n').map(lastWritten).join('\n').trim()
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
<main><header><i></i><i></i><i></i></header><pre><b class="prompt">$</b> ${command}
${colored(text)}</pre></main>`
}

const ESCAPE = '\u001b'

/** A progress bar writes over its own line: what counts is what it wrote last. */
function lastWritten(line: string): string {
  const beginnings = new RegExp(`\r|${ESCAPE}\\[[01]?G`)
  const unseen = new RegExp(`${ESCAPE}(?:[78]|\\[(?:\\?\\d+[hl]|\\d*K))`, 'g')
  return (
    line
      .replace(unseen, '')
      .split(beginnings)
      .findLast(part => part.trim() !== '') ?? ''
  )
}

const CLASSES: Readonly<Record<string, string>> = {
  31: 'red',
  32: 'green',
  33: 'yellow',
  90: 'gray',
  1: 'bold',
  2: 'dim',
}

function colored(text: string): string {
  const [first = '', ...rest] = text.split(`${ESCAPE}[`)
  let [color, weight] = ['', '']
  const spans = rest.map(piece => {
    const [, code = '', text = ''] = /^(\d*)m(.*)$/s.exec(piece) ?? []
    if (code === '39' || code === '0') color = ''
    if (code === '22' || code === '0') weight = ''
    if (code === '1' || code === '2') weight = CLASSES[code] ?? ''
    else color = CLASSES[code] ?? color
    return `<span class="${color} ${weight}">${escaped(text)}</span>`
  })
  return escaped(first) + spans.join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

const STYLE = `
* { box-sizing: border-box; margin: 0 }
body { background: #f3f1ee; padding: 28px }
main { background: #16211d; border-radius: 12px; overflow: hidden; box-shadow: 0 12px 32px rgb(60 40 20 / .18) }
header { display: flex; gap: 8px; padding: 14px 18px 0 }
header i { width: 12px; height: 12px; border-radius: 50%; background: #35453f }
pre { font: 13px/1.5 'JetBrains Mono', 'DejaVu Sans Mono', monospace; color: #dbe5e0; padding: 14px 24px 24px;
  font-variant-ligatures: none }
.prompt { color: #5fd3a4 }
.red { color: #ff7b72 } .green { color: #5fd38d } .yellow { color: #f0c75e } .gray { color: #8a9a93 }
.bold { font-weight: 700; color: #fff } .red.bold { color: #ff7b72 } .dim { opacity: .62 }
`
