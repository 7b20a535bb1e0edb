import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' };
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

/** What is wrong with a document by the schema that the AsyncAPI initiative gives for AsyncAPI 3.0.0; nothing where it is one. */
export function asyncApiFaults(document: object): string[] {
  // The schema brings along that of JSON Schema, under the id that Ajv has it by.
  const ajv = new Ajv({ allErrors: true, strict: false, meta: false, validateSchema: false });
  formats.default(ajv);
  const validate = ajv.compile(asyncApiSchema);
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
