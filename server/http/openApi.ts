import { z } from 'zod';
import type { Route } from './endpoint.ts';
import { statusOf } from './onError.ts';
import { keepsKey } from './repeatable.ts';
import { routes } from './routes.ts';

type Schema = Record<string, unknown>;

let described: Record<string, unknown> | undefined;

/** The OpenAPI 3.1 document, made of the same schemas that parse and present. */
export function describeApi(publicUrl: string): Record<string, unknown> {
  described ??= {
    openapi: '3.1.0',
    info: { title: 'Parley', version: '1', description: 'Threads, clients, knowledge and catalogue of one Parley.' },
    paths: describePaths(),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'parley.session_token' },
        apiKey: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: problem },
    },
  };
  return { ...described, servers: [{ url: `${publicUrl}/api/v1` }] };
}

const problem: Schema = {
  type: 'object',
  required: ['status', 'code', 'title'],
  properties: {
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for programs.' },
    title: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};

function describePaths(): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    const at = paths[path];
    if (at !== undefined) at[route.method] = describe(route);
  }
  return paths;
}

function describe(route: Route): Schema {
  const status = route.status ?? (route.answer === undefined ? 204 : 200);
  return {
    summary: route.summary,
    operationId: `${route.method}${route.path.replace(/[^\w]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    description:
      route.may === 'anyone'
        ? 'Public.'
        : route.may === 'signedIn'
          ? 'Any signed-in user.'
          : `Needs the permission \`${route.may}\`.`,
    security: route.may === 'anyone' ? [] : [{ session: [] }, { apiKey: [] }],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body === undefined && route.fileBytes === undefined ? {} : { requestBody: requestBody(route) }),
    responses: {
      [status]: {
        description: route.summary,
        ...(route.method === 'get' ? { headers: { 'X-Parley-Cursor': cursorHeader } } : {}),
        ...(route.answer === undefined
          ? {}
          : { content: { 'application/json': { schema: schemaOf(route.answer, 'output') } } }),
      },
      default: {
        description: `A problem (RFC 9457): ${Object.values(statusOf).join(', ')} or 500`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function requestBody(route: Route): Schema {
  if (route.fileBytes !== undefined) {
    return {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              file: { type: 'string', contentMediaType: 'application/octet-stream' },
              ...(route.method === 'post' ? { clientKey } : {}),
            },
          },
        },
      },
    };
  }
  return {
    required: true,
    content: {
      'application/json': { schema: route.body === undefined ? {} : withKey(route, schemaOf(route.body, 'input')) },
    },
  };
}

const cursorHeader: Schema = {
  description: "The feed's cursor that the answer is true for.",
  schema: { type: 'string' },
};

const clientKey: Schema = {
  type: 'string',
  format: 'uuid',
  description: 'Made by the caller: the same key answers with the first result.',
};

function withKey(route: Route, schema: Schema): Schema {
  if (route.method !== 'post' || route.may === 'anyone' || keepsKey(route.body)) return schema;
  const key = { properties: { clientKey } };
  return schema.type === 'object'
    ? { ...schema, properties: { ...(schema.properties as Schema | undefined), clientKey } }
    : { allOf: [schema, key] };
}

function parameters(shape: z.ZodType | undefined, where: 'path' | 'query'): Schema[] {
  if (shape === undefined) return [];
  const schema = schemaOf(shape, 'input') as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, value]) => ({
    name,
    in: where,
    required: where === 'path' || (schema.required ?? []).includes(name),
    schema: value,
  }));
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema;
}
