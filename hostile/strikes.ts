import type { Random } from '../services/messaging/src/simulation/random.ts';
import type { Target } from './documented-operation.ts';
import type { Draft } from './draft.ts';
import { encodeText } from './encode-text.ts';
import {
  hostileName,
  hostileOperator,
  hostileStructure,
  hostileText,
  hostileValue,
  structureMark,
} from './hostile-values.ts';

/** Makes one thing of a request hostile. */
type Strike = (random: Random, draft: Draft, target: Target) => void;

const rawBodies: readonly (string | Buffer)[] = [
  '',
  '{',
  '{"content":',
  '{"content":"a","content":"b"}',
  '{"content":"a"}{"content":"b"}',
  "{'content':'a'}",
  '{"content":"\\ud800"}',
  '{"content":"\\u0000"}',
  '{"__proto__":{"content":"a"}}',
  '{"content":"a","__proto__":{"$ne":null}}',
  'content=a&$where=1',
  '[]',
  'null',
  '"text"',
  '1e999',
  'NaN',
  '['.repeat(30_000),
  '{"a":'.repeat(10_000),
  `{"content":"${'x'.repeat(70_000)}"}`,
  Buffer.from([0x22, 0xff, 0xfe, 0x22]),
  Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
  Buffer.from([0x1f, 0x8b, 0x08, 0x00]),
  Buffer.alloc(100),
];

const rawParameters =
  '%00 %2f %2e%2e%2f..%2f %zz %c3 %ff%fe %0d%0aSet-Cookie:a %25%30%30 ; .. %F0%9F %ED%A0%80'.split(' ');

const headerNames =
  'idempotency-key if-match if-none-match x-request-id traceparent tracestate baggage content-type content-encoding accept accept-encoding origin cookie x-forwarded-for x-http-method-override range user-agent referer expect'.split(
    ' ',
  );

const authorizations = [
  '',
  'Basic',
  'Basic !!!!',
  `Basic ${btoa('alice:\0:x')}`,
  `Basic ${btoa('{"$ne":null}:{"$ne":null}')}`,
  `Basic ${btoa('__proto__:constructor')}`,
  'Bearer',
  'Bearer a.b.c',
  'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
  'Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6Il9fcHJvdG9fXyJ9.eyJzdWIiOnsiJG5lIjpudWxsfX0.AA',
  'Digest username="alice"',
  '__proto__ x',
  'constructor x',
];

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);

/** Into an own property, whatever its name is. */
function put(draft: Draft, name: string, value: unknown): void {
  const fields = isObject(draft.body) ? draft.body : {};
  draft.body = Object.fromEntries([...Object.entries(fields), [name, value]]);
}

const strikeField: Strike = (random, draft, { body = {} }) => {
  const names = Object.keys(body);
  put(draft, names.length > 0 ? random.pick(names) : 'content', hostileValue(random));
};

/** Of what people read. */
const strikeText: Strike = (random, draft, { body = {} }) => {
  const names = ['content', 'title', 'displayName', 'device'].filter((name) => name in body);
  if (names.length > 0) put(draft, random.pick(names), hostileText(random));
};

const addField: Strike = (random, draft) =>
  put(draft, hostileName(random), random.chance(50) ? hostileStructure(random) : structureMark);

const replaceBody: Strike = (random, draft) => {
  draft.body = random.chance(50) ? random.pick(rawBodies) : hostileStructure(random);
};

const strikePath: Strike = (random, { parameters }) => {
  const names = Object.keys(parameters);
  if (names.length === 0) return;
  parameters[random.pick(names)] = random.chance(30)
    ? random.pick(rawParameters)
    : encodeText(hostileText(random)).slice(0, 8_000);
};

const strikeQuery: Strike = (random, { query }, { parameters }) => {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const name = names.length > 0 && random.chance(80) ? random.pick(names) : hostileName(random);
  const value = hostileText(random).slice(0, 2_000);
  if (random.chance(25)) query.push([`${name}[${hostileOperator(random)}]`, structureMark]);
  else if (random.chance(20)) query.push([name, value], [name, structureMark]);
  else query.push([name, value]);
};

const strikeHeader: Strike = (random, { headers }) => {
  headers[random.pick(headerNames)] = sendable(hostileText(random));
};

const strikeAuthorization: Strike = (random, { headers }) => {
  headers['authorization'] = random.chance(70)
    ? random.pick(authorizations)
    : `${random.pick(['Basic', 'Bearer'])} ${Buffer.from(hostileText(random)).toString('base64').slice(0, 4_000)}`;
};

const strikeMethod: Strike = (random, draft) => {
  if (random.chance(50)) draft.method = random.pick(methods);
};

/** What Node's own client lets through: the bytes of UTF-8, without those that control. */
function sendable(text: string): string {
  const bytes = Buffer.from(text).filter((byte) => byte >= 0x20 && byte !== 0x7f);
  return Buffer.from(bytes).toString('latin1').slice(0, 4_000);
}

const onBodies: readonly Strike[] = [strikeField, strikeField, strikeText, strikeText, addField, replaceBody];

const onAll: readonly Strike[] = [
  strikePath,
  strikePath,
  strikeQuery,
  strikeQuery,
  strikeHeader,
  strikeAuthorization,
  strikeMethod,
];

/** What can be done to a request to it; to bodies, where it has one, more often than to what wraps them. */
export const strikesOn = ({ body }: Target): readonly Strike[] =>
  body === undefined ? [...onAll, replaceBody] : [...onBodies, ...onBodies, ...onAll];
