import type { types } from '@slack/bolt'
import { escapeHtml } from './escape-html.ts'

type Element =
  | NonNullable<types.SectionBlock['accessory']>
  | types.ActionsBlock['elements'][number]
  | types.InputBlock['element']

/** What stands beside or inside a block: a button, or a field of a form. */
export function slackElementHtml(element: Element): string {
  switch (element.type) {
    case 'button':
      return `<button class="${element.style ?? ''}">${slackWords(element.text)}</button>`
    case 'plain_text_input': {
      const value = escapeHtml(element.initial_value ?? '')
      return element.multiline ? `<textarea rows="3">${value}</textarea>` : `<input value="${value}">`
    }
    case 'radio_buttons':
      return boxes('radio', element.options, element.initial_option?.value)
    case 'checkboxes':
      return boxes('checkbox', element.options)
    case 'static_select':
    case 'multi_static_select': {
      const options = (element.options ?? []).map(({ text }) => `<option>${slackWords(text)}</option>`)
      return `<select aria-label="Choose"${element.type === 'static_select' ? '' : ' multiple'}>${options.join('')}</select>`
    }
    case 'overflow':
      return '<button aria-label="More">⋯</button>'
    case 'datepicker':
      return `<input type="date" value="${escapeHtml(element.initial_date ?? '')}">`
    case 'timepicker':
      return `<input type="time" value="${escapeHtml(element.initial_time ?? '')}">`
    case 'conversations_select':
    case 'external_select':
      return `<input placeholder="${slackWords(element.placeholder ?? { type: 'plain_text', text: '' })}">`
    default:
      return `<p class="unknown">The gallery does not draw the element ${element.type}.</p>`
  }
}

function boxes(type: 'radio' | 'checkbox', options: readonly types.Option[], chosen?: string): string {
  return options
    .map(({ text, value }) => {
      const mark = chosen !== undefined && value === chosen ? ' checked' : ''
      return `<label><input type="${type}"${mark}> ${slackWords(text)}</label>`
    })
    .join('')
}

/** A text with its marks; Slack escapes the three characters that HTML does. */
export function slackWords({ type, text }: types.PlainTextElement | types.MrkdwnElement): string {
  const pieces = type === 'mrkdwn' ? text.split(/(<https:[^|>]+\|[^>]*>)/) : [text]
  return pieces
    .map(piece => linkHtml(piece) ?? (type === 'mrkdwn' ? marked(piece) : piece))
    .join('')
    .replaceAll('\n', '<br>')
}

function linkHtml(piece: string): string | undefined {
  const [, url, label] = /^<(https:[^|>]+)\|([^>]*)>$/.exec(piece) ?? []
  return url === undefined || label === undefined ? undefined : `<a href="${url}">${label}</a>`
}

/** Bold and slanted, as the renderer writes them; the text between is escaped already. */
function marked(text: string): string {
  return text.replace(/(^|\s)\*([^*\n]+)\*/g, '$1<b>$2</b>').replace(/(^|\s)_([^\n]+)_(?=$|\n)/g, '$1<i>$2</i>')
}
