import type { createAnswerValidator } from '@natter/testkit';
import type { HostileRequest } from './hostile-request.ts';
import { type ReceivedAnswer, sendUntilDecided } from './send.ts';

type Validate = ReturnType<typeof createAnswerValidator>;

/** What the body of an answer may have that is looked at. */
interface Json {
  readonly id?: string;
  readonly conversationId?: string;
  readonly seq?: number;
  readonly detail?: string;
  readonly [name: string]: unknown;
}

/** What only a look inside would know. */
export const internals = /node_modules|\.ts:\d|Mongo|E11000|BSON|NATS|Cast to/;

/** Where each text that was taken can be read again. */
const places: Readonly<Record<string, (answer: Json) => string>> = {
  content: ({ conversationId, seq }) => `/api/v1/conversations/${conversationId}/messages/${seq}`,
  title: ({ id }) => `/api/v1/conversations/${id}`,
  displayName: ({ id }) => `/api/v1/users/${id}`,
};

/** What is wrong with an answer; nothing where all is well. */
export function faultsOf(request: HostileRequest, answer: ReceivedAnswer, validate: Validate): string[] {
  const { status, headers, text } = answer;
  if (status >= 500) return [`answered ${status}: ${text}`];
  const body = bodyOf(answer);
  const faults: string[] = [];
  // Of an answer without a body the document can't tell what it is about.
  if (request.method === 'HEAD' && status >= 400) return faults;
  try {
    validate({ method: request.method, url: request.path, status, headers, body });
  } catch (error) {
    faults.push((error as Error).message);
  }
  const detail = (body as Json | undefined)?.detail ?? '';
  if (status >= 400 && internals.test(detail)) faults.push(`tells of what is inside: ${detail}`);
  if (!headers.has('x-request-id')) faults.push('has no X-Request-Id');
  return faults;
}

/** Whether what was taken is given again as it was, in the answer and when somebody reads it. */
export async function unfaithfulTexts(
  url: string,
  authorization: string,
  { texts }: HostileRequest,
  answer: ReceivedAnswer,
): Promise<string[]> {
  if (answer.status >= 300 || answer.headers.has('idempotent-replayed')) return [];
  const body = (bodyOf(answer) ?? {}) as Json;
  const faults: string[] = [];
  for (const [name, place] of Object.entries(places)) {
    const sent = texts[name];
    if (sent === undefined || body[name] === undefined) continue;
    const again = await sendUntilDecided(url, {
      method: 'GET',
      path: place(body),
      headers: { authorization },
      body: undefined,
    });
    const read = (bodyOf(again) as Json | undefined)?.[name];
    if (!isSame(sent, body[name])) faults.push(`${name} was answered as ${JSON.stringify(body[name])}`);
    if (!isSame(sent, read)) faults.push(`${name} was read as ${JSON.stringify(read)} (${again.status})`);
  }
  return faults;
}

/** How many texts of it were taken. */
export const takenTexts = ({ texts }: HostileRequest, { status }: ReceivedAnswer): number =>
  status < 300 ? Object.keys(texts).filter((name) => name in places).length : 0;

export const isSame = (sent: string, got: unknown): boolean =>
  typeof got === 'string' && Buffer.from(sent).equals(Buffer.from(got));

function bodyOf({ headers, text }: ReceivedAnswer): unknown {
  if (text === '') return undefined;
  return /json/.test(headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}
