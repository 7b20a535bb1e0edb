import type { Random } from '../services/messaging/src/simulation/random.ts';
import type { Target } from './documented-operation.ts';
import type { Draft } from './draft.ts';
import { encodeText } from './encode-text.ts';
import { password, type Stage } from './stage.ts';
import { strikesOn } from './strikes.ts';

export interface HostileRequest {
  /** The operation that it is aimed at. */
  readonly target: string;
  readonly method: string;
  /** The path with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** The texts of its body by name, of those that the operation knows. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A valid request to one operation, in which up to three things are then made hostile. */
export function hostileRequest(random: Random, target: Target, stage: Stage): HostileRequest {
  const draft = validDraft(random, target, stage);
  const times = random.pick([0, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
  for (let time = 0; time < times; time += 1) random.pick(strikesOn(target))(random, draft, target);
  return requestOf(target, draft);
}

/** What only one of the people asks for, who is not needed for anything else. */
const leaves: ReadonlySet<string> = new Set(['changePassword', 'deleteOwnUser']);

function validDraft(random: Random, { id, method, parameters, body }: Target, stage: Stage): Draft {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const asked = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const values = inPath.map(({ name, example }) => [
    name,
    encodeURIComponent(random.pick(stage.references[name] ?? [example])),
  ]);
  return {
    method,
    parameters: Object.fromEntries(values),
    query: asked.map(({ name, example }) => [name, example]),
    headers: { authorization: leaves.has(id) ? stage.leaver : stage.authorization },
    body: body && { ...body, ...fittingFields(random, id, body, stage) },
  };
}

/** What the examples of the document can't know. */
function fittingFields(random: Random, id: string, body: object, { friend, refreshToken }: Stage) {
  return {
    ...('members' in body && { members: [friend.username] }),
    ...('seq' in body && { seq: 1 }),
    ...('refreshToken' in body && { refreshToken }),
    ...(id === 'createSession' && friend),
    ...(id === 'deleteOwnUser' && { password }),
    ...(id === 'changePassword' && { currentPassword: password }),
    ...(id === 'createUser' && { username: `u${random.between(0, 999_999_999)}` }),
  };
}

function requestOf(target: Target, { method, parameters, query, headers, body }: Draft): HostileRequest {
  const path = target.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? 'x');
  const parts = query.map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`);
  return {
    target: target.id,
    method,
    path: parts.length === 0 ? path : `${path}?${parts.join('&')}`,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: encodeBody(body),
    texts: method === target.method ? textsOf(body, target) : {},
  };
}

function encodeBody(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function textsOf(body: unknown, target: Target): Record<string, string> {
  if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return {};
  const known = Object.keys(target.body ?? {});
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => known.includes(name) && typeof value === 'string'),
  );
}
