import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { closeSchemas } from './close-schemas.ts';
import type { OpenApiDocument } from './openapi-document.ts';

/** Names what of a value a schema of the document does not allow; nothing where all is well. */
export type SchemaCheck = (schema: object, value: unknown) => string[];

/** Checks values against schemas of a document, in which `$ref` leads to its components. Unknown fields are faults. */
export function createSchemaCheck({ components }: Pick<OpenApiDocument, 'components'>): SchemaCheck {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  ajv.addVocabulary(['components', 'discriminator', 'example']);
  formats.default(ajv);
  const compiled = new Map<object, ValidateFunction>();
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(closeSchemas({ ...schema, components }));
    compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(faultOf);
  };
}

function faultOf({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
}
