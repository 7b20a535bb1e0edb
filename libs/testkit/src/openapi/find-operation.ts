import type { DocumentedOperation, OpenApiDocument } from './openapi-document.ts';

/** What the document says about asking for `url` by `method`; HEAD is asked like GET. */
export function findOperation(
  { paths }: OpenApiDocument,
  method: string,
  url: string,
): DocumentedOperation | undefined {
  const path = documentedForm(url);
  const [template] = Object.keys(paths)
    .filter((candidate) => matches(candidate, path))
    .toSorted((one, other) => parametersIn(one) - parametersIn(other));
  return template === undefined
    ? undefined
    : paths[template]?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
}

/** `/api` without a version is the same as `/api/v1`, and a trailing slash changes nothing. */
function documentedForm(url: string): string {
  const [path = ''] = url.split('?');
  return path.replace(/(?<=.)\/$/, '').replace(/^\/api(?!\/v\d)/, '/api/v1');
}

function matches(template: string, path: string): boolean {
  const [parts, given] = [template.split('/'), path.split('/')];
  const fits = (part: string, i: number) => (part.startsWith('{') ? given[i] !== '' : part === given[i]);
  return parts.length === given.length && parts.every(fits);
}

const parametersIn = (template: string): number => template.split('{').length;
