// Draws the Adaptive Cards in the page with Microsoft's own library.
const weights = { default: { default: '#242424', subtle: '#616161' }, light: { default: '#616161', subtle: '#616161' } }
const tinted = colour => ({ default: colour, subtle: colour })
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
    this.values = source.data[0].values.map(({ y }) => y)
  }
  internalRender() {
    const [low, high] = [Math.min(...this.values), Math.max(...this.values)]
    const x = n => (n / (this.values.length - 1)) * 100
    const y = value => 38 - ((value - low) / (high - low || 1)) * 36
    const points = this.values.map((value, n) => `${x(n)},${y(value)}`).join(' ')
    const box = document.createElement('div')
    box.innerHTML = `<svg viewBox="0 0 100 40" width="100%" height="80" preserveAspectRatio="none"><polyline points="${points}" fill="none" stroke="#5b5fc7" vector-effect="non-scaling-stroke" stroke-width="2"/></svg>`
    return box
  }
}
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
