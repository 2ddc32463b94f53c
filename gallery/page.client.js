// Draws the Adaptive Cards in the page with Microsoft's own library.
const weights = { default: { default: '#242424', subtle: '#616161' }, light: { default: '#616161', subtle: '#616161' } }
const tinted = color => ({ default: color, subtle: color })
const foregroundColors = {
  ...weights,
  good: tinted('#0e700e'),
  warning: tinted('#835b00'),
  attention: tinted('#b10e1c'),
  accent: tinted('#5b5fc7'),
}
const container = backgroundColor => ({ backgroundColor, foregroundColors })
const config = {
  fontFamily: "'Segoe UI', system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Color Emoji', sans-serif",
  actions: { actionsOrientation: 'horizontal', actionAlignment: 'left', maxActions: 6, buttonSpacing: 8 },
  containerStyles: {
    default: container('#fff'),
    emphasis: container('#f0f0f0'),
    good: container('#e7f2da'),
    warning: container('#fff4ce'),
    attention: container('#fde7e9'),
  },
}

/** Charts are of Teams alone: the words below say the same. */
class LineChart extends AdaptiveCards.CardElement {
  getJsonTypeName() {
    return 'Chart.Line'
  }
  parse(source, context) {
    super.parse(source, context)
    this.title = source.title
    this.series = source.data.map(({ values, color }) => ({ color, values: values.map(({ y }) => y) }))
  }
  internalRender() {
    const all = this.series.flatMap(({ values }) => values)
    const [low, high] = [Math.min(0, ...all), Math.max(1, ...all)]
    const y = value => 58 - ((value - low) / (high - low)) * 56
    const curves = this.series.map(({ values, color }, n) => {
      const points = values.map((value, at) => `${(at / (values.length - 1)) * 100},${y(value)}`).join(' ')
      const dashes = n === 0 ? '' : ' stroke-dasharray="4 3"'
      return `<polyline points="${points}" fill="none" stroke="${LINES[color] ?? '#5b5fc7'}" vector-effect="non-scaling-stroke" stroke-width="${n === 0 ? 2 : 1}"${dashes}/>`
    })
    const box = document.createElement('div')
    box.innerHTML = `<svg role="img" viewBox="0 0 100 60" width="100%" height="100" preserveAspectRatio="none">${curves.join('')}</svg>`
    box.firstChild.setAttribute('aria-label', this.title)
    return box
  }
}
const LINES = { good: '#0e700e', warning: '#835b00', attention: '#b10e1c', neutral: '#616161' }
AdaptiveCards.GlobalRegistry.elements.register('Chart.Line', LineChart)

/** In a form of its own, so that the choices of one card are not those of another. */
function draw(source) {
  const card = new AdaptiveCards.AdaptiveCard()
  card.hostConfig = new AdaptiveCards.HostConfig(config)
  card.parse(JSON.parse(source.textContent), new AdaptiveCards.SerializationContext())
  const form = document.createElement('form')
  form.append(card.render())
  source.replaceWith(form)
}

/** Thousands of lines are folded away; they are drawn when somebody unfolds them. */
for (const thread of document.querySelectorAll('details')) {
  thread.addEventListener('toggle', () => thread.querySelectorAll('script.card').forEach(draw), { once: true })
}
for (const source of document.querySelectorAll(':not(details *) > script.card')) draw(source)
