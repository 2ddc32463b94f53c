import type { types } from '@slack/bolt'
import type { Block } from '../adapters/slack/render/draw-card.ts'
import { chartHtml, dataTableHtml } from './slack-data-html.ts'
import { slackElementHtml, slackWords } from './slack-element-html.ts'

/** Blocks as a Slack client shows them, closely enough to judge their words and their length. */
export function slackHtml(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('\n')
}

/** A modal: its frame, its blocks, its buttons. */
export function slackModalHtml({ title, close, submit, blocks }: types.ModalView): string {
  const buttons = [close, submit].flatMap(text => (text ? [`<button>${slackWords(text)}</button>`] : []))
  const frame = `<h4>${slackWords(title)}</h4>${slackHtml(blocks as types.KnownBlock[])}`
  return `<div class="modal">${frame}<div class="row end">${buttons.join('')}</div></div>`
}

function blockHtml(block: Block): string {
  switch (block.type) {
    case 'header':
      return `<h4>${slackWords(block.text)}</h4>`
    case 'context':
      return `<p class="quiet">${block.elements.map(part => (part.type === 'image' ? '' : slackWords(part))).join(' ')}</p>`
    case 'section':
      return sectionHtml(block)
    case 'actions':
      return `<div class="row">${block.elements.map(slackElementHtml).join('')}</div>`
    case 'input':
      return inputHtml(block)
    case 'data_table':
      return dataTableHtml(block)
    case 'data_visualization':
      return chartHtml(block)
    default:
      return `<p class="unknown">The gallery does not draw the block ${block.type}.</p>`
  }
}

function sectionHtml({ text, fields = [], accessory }: types.SectionBlock): string {
  const paragraph = text === undefined ? '' : `<p>${slackWords(text)}</p>`
  const table =
    fields.length === 0
      ? ''
      : `<div class="fields">${fields.map(field => `<p>${slackWords(field)}</p>`).join('')}</div>`
  const beside = accessory === undefined ? '' : slackElementHtml(accessory)
  return `<div class="section"><div>${paragraph}${table}</div>${beside}</div>`
}

function inputHtml({ label, element, hint, optional }: types.InputBlock): string {
  const note = optional ? ' <span class="quiet">(optional)</span>' : ''
  const below = hint === undefined ? '' : `<p class="quiet">${slackWords(hint)}</p>`
  return `<div class="input"><b>${slackWords(label)}</b>${note}${slackElementHtml(element)}${below}</div>`
}
