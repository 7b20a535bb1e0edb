import type { OpenApiDocument } from '@natter/testkit';

/** What of an operation of the document can be aimed at. */
export interface Target {
  readonly id: string;
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  readonly parameters: readonly TargetParameter[];
  /** A valid body; undefined where the operation takes none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

interface TargetParameter {
  readonly name: string;
  /** `path`, `query` or `header`. */
  readonly in: string;
  readonly required: boolean;
  readonly example: string;
}

interface BodySchema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, { example?: unknown; type?: string }>>;
}

/** Every operation of the document. */
export function targetsOf(document: OpenApiDocument): Target[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      parameters: (operation.parameters ?? []).map(({ name, in: place, required = false, schema }) => ({
        name,
        in: place,
        required,
        example: textOf(schema.example),
      })),
      body: bodyOf(operation.requestBody?.content['application/json']?.schema, document),
    })),
  );
}

/** All that the schema names, with the values of the example where it has them. */
function bodyOf(schema: BodySchema | undefined, document: OpenApiDocument) {
  if (schema === undefined) return undefined;
  const { properties = {}, example = {} } = resolve(schema, document);
  const fields = Object.entries(properties).map(([name, field]) => [
    name,
    field.example ?? valueOf(field.type),
  ]);
  return { ...Object.fromEntries(fields), ...(example as object) };
}

function resolve(schema: BodySchema, { components }: OpenApiDocument): BodySchema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : { ...(components.schemas[name] as BodySchema), ...schema };
}

const textOf = (example: unknown): string =>
  typeof example === 'string' || typeof example === 'number' ? `${example}` : 'one';

/** What is left out of a request, as often as not, by whoever builds it. */
function valueOf(type: string | undefined): unknown {
  return { integer: 1, array: [], boolean: true }[type ?? ''] ?? undefined;
}
