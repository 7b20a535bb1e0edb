import type { SessionGrant } from '@natter/contracts';
import { sendUntilDecided } from './send.ts';

/** Of everybody here. */
export const password = 'a password that nobody guesses';

/** People and conversations for the requests of one round, which is why they can change all of it. */
export interface Stage {
  /** Whose requests it are. */
  readonly authorization: string;
  /** Of somebody who changes their password and deletes their account, so that the others go on. */
  readonly leaver: string;
  /** Of a session of whose requests they are. */
  readonly refreshToken: string;
  /** Of somebody with whom there is a conversation. */
  readonly friend: { readonly username: string; readonly password: string };
  /** For each parameter of a path what it may be. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

const json = { 'content-type': 'application/json' };

const basic = (username: string) => `Basic ${btoa(`${username}:${password}`)}`;

/** @param name of all that is made: no two stages may have the same. */
export async function setStage(url: string, name: string): Promise<Stage> {
  const [user, friend, stranger, leaver] = [`${name}-ann`, `${name}-ben`, `${name}-cid`, `${name}-dot`];
  const authorization = basic(user);
  for (const username of [user, friend, stranger, leaver]) await addUser(url, { username, password });
  const make = maker(url, authorization, name);
  const group = await make('/conversations', { title: 'Garden', members: [friend] });
  for (const conversation of [friend, String(group['id'])]) {
    for (const content of ['one', 'two', 'three']) {
      await make(`/conversations/${conversation}/messages`, { content });
    }
  }
  const { session, refreshToken } = await logIn(url, user);
  // A block or a removal may come early; with oneself one can always talk.
  const conversations = [friend, stranger, String(group['id']), String(group['id']), user, user];
  const usernames = [friend, stranger, 'me', user];
  return {
    authorization,
    leaver: basic(leaver),
    refreshToken,
    friend: { username: friend, password },
    references: {
      conversation: conversations,
      user: usernames,
      username: usernames,
      session: [session.id, 'current'],
      seq: ['1', '2', '3', '4'],
      emoji: ['👍', '🏳️‍🌈'],
    },
  };
}

/** @param name that of the stage. @returns an access token of whose requests they are. */
export async function accessToken(url: string, name: string): Promise<string> {
  return (await logIn(url, `${name}-ann`)).accessToken;
}

async function logIn(url: string, username: string): Promise<SessionGrant> {
  return (await post(url, '/sessions', { username, password }, {}, [201])) as unknown as SessionGrant;
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
