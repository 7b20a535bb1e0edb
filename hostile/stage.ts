import { sendUntilDecided } from './send.ts';

/** Of everybody here. */
const password = 'a password that nobody guesses';

/** People and conversations for the requests of one round, which is why they can change all of it. */
export interface Stage {
  /** Whose requests it are. */
  readonly authorization: string;
  /** Of somebody with whom there is a conversation. */
  readonly friend: { readonly username: string; readonly password: string };
  /** For each parameter of a path what it may be. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

const json = { 'content-type': 'application/json' };

const basic = (username: string) => `Basic ${btoa(`${username}:${password}`)}`;

/** @param name of all that is made: no two stages may have the same. */
export async function setStage(url: string, name: string): Promise<Stage> {
  const [user, friend, stranger] = [`${name}-ann`, `${name}-ben`, `${name}-cid`];
  const authorization = basic(user);
  for (const username of [user, friend, stranger]) await addUser(url, { username, password });
  const make = maker(url, authorization, name);
  const group = await make('/conversations', { title: 'Garden', members: [friend] });
  for (const conversation of [friend, String(group['id'])]) {
    for (const content of ['one', 'two', 'three']) {
      await make(`/conversations/${conversation}/messages`, { content });
    }
  }
  // A block or a removal may come early; with oneself one can always talk.
  const conversations = [friend, stranger, String(group['id']), String(group['id']), user, user];
  const usernames = [friend, stranger, 'me', user];
  return {
    authorization,
    friend: { username: friend, password },
    references: {
      conversation: conversations,
      user: usernames,
      username: usernames,
      seq: ['1', '2', '3', '4'],
      emoji: ['👍', '🏳️‍🌈'],
    },
  };
}

/** @param name that of the stage. @returns an access token of whose requests they are. */
export async function accessToken(url: string, name: string): Promise<string> {
  const grant = await post(url, '/sessions', { username: `${name}-ann`, password }, {}, [201]);
  return String(grant['accessToken']);
}

/** Who is there already was made by a request whose answer was lost. */
export async function addUser(url: string, user: { username: string; password: string }): Promise<void> {
  await post(url, '/users', user, {}, [201, 409]);
}

/** Makes things on behalf of somebody, each once, however often it has to be asked for. */
export function maker(url: string, authorization: string, name: string) {
  let made = 0;
  return (path: string, body: object): Promise<Record<string, unknown>> => {
    made += 1;
    const key = `${name}-${made}`.padEnd(16, '-');
    return post(url, path, body, { authorization, 'idempotency-key': key }, [201]);
  };
}

async function post(
  url: string,
  path: string,
  body: object,
  headers: Record<string, string>,
  expected: readonly number[],
): Promise<Record<string, unknown>> {
  const request = {
    method: 'POST',
    path: `/api/v1${path}`,
    headers: { ...json, ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
  const { status, text } = await sendUntilDecided(url, request);
  if (!expected.includes(status)) throw new Error(`The stage: ${path} was answered ${status} ${text}`);
  return JSON.parse(text);
}
