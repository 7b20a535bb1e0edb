import { findOperation } from './find-operation.ts';
import type { MediaType, OpenApiDocument } from './openapi-document.ts';
import { createSchemaCheck, type SchemaCheck } from './schema-check.ts';

/** What came back for a request, and to which. */
export interface GivenAnswer {
  method: string;
  /** The path with the query. */
  url: string;
  status: number;
  headers: Headers;
  /** Parsed; undefined for none. */
  body: unknown;
}

/** How requests are refused that lead to no operation. */
const refusals: Record<number, string> = {
  400: 'validation_failed',
  404: 'not_found',
  405: 'method_not_allowed',
  431: 'headers_too_large',
};

/**
 * Gives a function that compares answers with an OpenAPI document, and throws an error that names all that the document
 * does not have: the operation, the status, the media type, a field.
 */
export function createAnswerValidator(document: OpenApiDocument): (answer: GivenAnswer) => void {
  const check = createSchemaCheck(document);
  return (answer) => {
    const faults = faultsIn(answer, document, check);
    if (faults.length === 0) return;
    const { method, url, status } = answer;
    throw new Error([`The document has no such answer: ${method} ${url} ${status}`, ...faults].join('\n  '));
  };
}

function faultsIn(answer: GivenAnswer, document: OpenApiDocument, check: SchemaCheck): string[] {
  const { method, url, status, body } = answer;
  const operation = findOperation(document, method, url);
  if (!operation) return isRefusal(answer) ? check(problem, body) : ['no such operation'];
  const response = operation.responses[status];
  if (!response) return ['no such status'];
  const type = mediaTypeOf(answer);
  if (!response.content) return type === '' && body === undefined ? [] : ['there should be no body'];
  const media = response.content[type];
  if (!media) return [`no such media type: "${type}"`];
  return method === 'HEAD' ? [] : [...check(media.schema, body), ...faultsInCode(media, body)];
}

const problem = { $ref: '#/components/schemas/Problem' };

function isRefusal({ status, body }: GivenAnswer): boolean {
  return codeOf(body) !== undefined && codeOf(body) === refusals[status];
}

/** Of problems the document has an example for each code. */
function faultsInCode({ examples }: MediaType, body: unknown): string[] {
  const code = codeOf(body);
  return examples && code !== undefined && !Object.hasOwn(examples, code) ? [`no such code: ${code}`] : [];
}

function codeOf(body: unknown): string | undefined {
  return (body as { code?: string } | undefined)?.code;
}

function mediaTypeOf({ headers }: GivenAnswer): string {
  return (headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '';
}
