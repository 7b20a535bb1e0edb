import { describe, expect, it, test } from '@jest/globals';
import { createAnswerValidator, createSchemaCheck } from '@natter/testkit';
import { document, routes } from '../../../tests/_document.ts';
import type { Route } from '../define-route.ts';
import { parseParameters } from '../input/parse-parameters.ts';

const check = createSchemaCheck(document);
const validate = createAnswerValidator(document);

const table = routes.map((route) => [route.id, route] as const);

const operationOf = ({ path, method }: Route) => {
  const operation = document.paths[path]?.[method];
  if (!operation) throw new Error(`${method} ${path} is not in the document`);
  return operation;
};

describe('the examples in the OpenAPI document', () => {
  test.each(table.filter(([, { body }]) => body))('of the body of %s are of its schema', (_id, route) => {
    const media = operationOf(route).requestBody?.content['application/json'];
    const { $ref, example = exampleOf($ref) } = media?.schema ?? {};
    expect(example).toBeDefined();
    expect(check(media?.schema ?? {}, example)).toEqual([]);
    expect(route.body?.safeParse(example)).toMatchObject({ success: true });
  });

  test.each(table)('of what %s takes beside a body are of their schemas', (_id, route) => {
    for (const { name, schema } of operationOf(route).parameters ?? []) {
      expect([name, schema.example]).toEqual([name, expect.anything()]);
      expect([name, check(schema, schema.example)]).toEqual([name, []]);
    }
    const { params, query, headers } = route;
    for (const [place, schema] of Object.entries({ path: params, query, header: headers })) {
      if (schema) expect(() => parseParameters(schema, examplesIn(route, place))).not.toThrow();
    }
  });

  test.each(table)('of the success of %s are of its schemas', (_id, route) => {
    for (const [status, { content = {} }] of Object.entries(operationOf(route).responses)) {
      if (!status.startsWith('2')) continue;
      for (const [type, { example }] of Object.entries(content)) {
        const headers = new Headers({ 'Content-Type': type });
        const { method, path } = route;
        validate({ method: method.toUpperCase(), url: path, status: Number(status), headers, body: example });
      }
    }
  });

  it('are not asked for in vain', () => {
    expect(check({ $ref: '#/components/schemas/Member' }, { id: 'x' })).not.toEqual([]);
  });
});

/** One position at most can be asked for. */
const alternatives = new Set(['before', 'around']);

/** The parameters in one place, as they would come: as text. */
function examplesIn(route: Route, place: string): Record<string, string> {
  const parameters = operationOf(route).parameters ?? [];
  const inPlace = parameters.filter((one) => one.in === place && !alternatives.has(one.name));
  return Object.fromEntries(inPlace.map(({ name, schema }) => [name, String(schema.example)]));
}

function exampleOf(reference = ''): unknown {
  return document.components.schemas[reference.split('/').at(-1) ?? '']?.['example'];
}
