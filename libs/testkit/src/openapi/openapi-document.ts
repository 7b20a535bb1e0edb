/** Of an OpenAPI 3.1 document, what tests read. */
export interface OpenApiDocument {
  openapi: string;
  info: { version: string };
  paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  components: { schemas: Readonly<Record<string, Record<string, unknown>>> };
}

export interface DocumentedOperation {
  operationId: string;
  security?: readonly object[];
  parameters?: readonly { name: string; in: string; required?: boolean; schema: { example?: unknown } }[];
  requestBody?: { content: Readonly<Record<string, MediaType>> };
  responses: Readonly<Record<string, { content?: Readonly<Record<string, MediaType>> }>>;
}

export interface MediaType {
  schema: { $ref?: string; example?: unknown };
  example?: unknown;
  examples?: Readonly<Record<string, { value: unknown }>>;
}
