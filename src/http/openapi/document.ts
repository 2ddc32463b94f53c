import * as z from 'zod'
import type { Operation, Route } from '../route.ts'

type Json = Readonly<Record<string, unknown>>

/** The OpenAPI 3.1 document of what is mounted: made from the schemas that check what comes in and what goes out. */
export function documentOf(routes: readonly Route[]): Json {
  const schemas: Record<string, unknown> = {}
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => withComponents(schemas, schema, io)
  const paths: Record<string, Record<string, Json>> = {}
  for (const { method, path, operation } of routes) {
    const published = path.replace(/:(\w+)/g, '{$1}')
    paths[published] = { ...paths[published], [method]: operationOf(operation, { method, path }, schemaOf) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rounds',
      version: '1',
      description: 'What comes in over HTTP. Everything that is acknowledged is on the disk.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token from `rounds token create`.' },
        basic: { type: 'http', scheme: 'basic', description: 'A token as the user name, and no password.' },
      },
    },
  }
}

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => unknown

function operationOf(
  { summary, description, access, query, headers = {}, body, answers }: Operation,
  { method, path }: Pick<Route, 'method' | 'path'>,
  schemaOf: SchemaOf,
): Json {
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries(query === undefined ? {} : propertiesOf(query)).map(([name, schema]) => {
      return { name, in: 'query', required: false, schema }
    }),
    ...Object.entries(headers).map(([name, schema]) => {
      return { name, in: 'header', required: false, schema: schemaOf(schema, 'input') }
    }),
  ]
  const content = Object.entries(body ?? {}).map(([type, { schema, example }]) => {
    return [type, { schema: schemaOf(schema, 'input'), example }] as const
  })
  return {
    operationId: `${method}${path.replace(/[^a-z0-9]+/gi, '_')}`,
    summary,
    ...(description !== undefined && { description }),
    security: access === 'anyone' ? [] : [{ [access.by]: [] }],
    ...(access !== 'anyone' && { 'x-scope': access.scope }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { required: true, content: Object.fromEntries(content) } }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, { description, schema, type = 'application/json' }]) => [
        status,
        { description, content: { [type]: { schema: schemaOf(schema, 'output') } } },
      ]),
    ),
  }
}

function propertiesOf(query: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(query, { io: 'input' }).properties ?? {}
}

/** Schemas with an id go to the components, and are referred to. */
function withComponents(components: Record<string, unknown>, schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io })
  for (const [id, part] of Object.entries($defs ?? {})) components[id] = referring(withoutId(part))
  const id = z.globalRegistry.get(schema)?.id
  if (id === undefined) return referring(json)
  components[id] = referring(withoutId(json))
  return { $ref: `#/components/schemas/${id}` }
}

function withoutId(part: object): object {
  return Object.fromEntries(Object.entries(part).filter(([key]) => key !== 'id'))
}

function referring(part: object): unknown {
  return JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', '"#/components/schemas/'))
}
