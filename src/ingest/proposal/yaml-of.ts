import { Document, isCollection, isScalar, visit } from 'yaml'

/** A mapping as YAML that people like to read: what is short stands on one line. */
export function yamlOf(written: Readonly<Record<string, unknown>>): string {
  const { label, source, columns, ...rest } = written
  const ordered = { label, ...(source !== undefined && { source }), columns, ...rest }
  // A copy, so that what is used twice is written out twice.
  const document = new Document(JSON.parse(JSON.stringify(ordered)))
  visit(document, {
    Collection(_, node) {
      if (node === document.contents) return
      const inner = JSON.stringify(node.toJS(document)).length
      const isPlain = node.items.every(item => isScalar(item) || !isCollection(item))
      if (isPlain && inner <= 90) node.flow = true
    },
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === 'columns' && isCollection(value)) value.flow = true
    },
  })
  return document.toString({ lineWidth: 110, flowCollectionPadding: false })
}
