import { send } from './send.ts';

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
  const post = (path: string, body: object) => postTo(`${url}/api/v1${path}`, body, authorization);
  for (const username of [user, friend, stranger]) await post('/users', { username, password });
  const group = await post('/conversations', { title: 'Garden', members: [friend] });
  for (const conversation of [friend, String(group['id'])]) {
    for (const content of ['one', 'two', 'three']) {
      await post(`/conversations/${conversation}/messages`, { content });
    }
  }
  // A block or a removal may come early; with oneself one can always talk.
  const conversations = [friend, stranger, String(group['id']), user, user];
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

async function postTo(url: string, body: object, authorization: string): Promise<Record<string, unknown>> {
  const request = {
    method: 'POST',
    path: new URL(url).pathname,
    headers: { ...json, authorization },
    body: Buffer.from(JSON.stringify(body)),
  };
  const answer = await send(new URL(url).origin, request);
  if (answer.status !== 201)
    throw new Error(`The stage: ${url} was answered ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text);
}
