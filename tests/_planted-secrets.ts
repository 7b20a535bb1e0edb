import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { confirmSecondFactor, NewSecondFactor, ResponseOf, SessionGrant } from '@natter/contracts';
import { authenticatorCode } from '@natter/testkit';

/** Of a look of its own, so that it can be found wherever it gets. */
const planted = (what: string) => `planted-${what}-${randomBytes(8).toString('hex')}`;

interface Ask {
  authorization?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/**
 * Uses Natter in whatever way a secret gets into it, by right and by mistake.
 *
 * @returns all forms that a secret had on the way, and the id of the last request.
 */
export async function plantSecrets(url: string): Promise<{ secrets: string[]; lastRequestId: string }> {
  const username = `canary-${randomBytes(6).toString('hex')}`;
  const password = planted('password');
  const others = [
    'wrong',
    'new',
    'content',
    'title',
    'field',
    'query',
    'cookie',
    'key',
    'invite',
    'refresh',
    'raw',
    'code',
  ];
  const secret = Object.fromEntries(others.map((what) => [what, planted(what)]));
  const ask = asker(url);
  await ask('POST', '/users', { body: { username, password, invite: secret['invite'] } });
  await ask('POST', '/users', { body: { username, password } });
  const login = await ask('POST', '/sessions', { body: { username, password } });
  const { accessToken, refreshToken } = (await login.json()) as SessionGrant;
  const [basic, wrong] = [btoa(`${username}:${password}`), btoa(`${username}:${secret['wrong']}`)];
  const own = { authorization: `Bearer ${accessToken}` };
  await tryCredentials();
  await write();
  await misplace();
  const factor = await useSecondFactor();
  const last = await ask('GET', '/users/me', own);
  const [, claims = '', signature = ''] = accessToken.split('.');
  const plain = [password, ...Object.values(secret)];
  const tokens = [claims, signature, refreshToken, basic, wrong, ...factor];
  return {
    secrets: [...plain, ...plain.map(btoa), ...tokens],
    lastRequestId: String(last.headers.get('X-Request-Id')),
  };

  async function tryCredentials(): Promise<void> {
    await ask('POST', '/sessions', { body: { username, password: secret['wrong'] } });
    for (const authorization of [basic, wrong, `${basic}!`].map((credentials) => `Basic ${credentials}`)) {
      await ask('GET', '/users/me', { authorization });
    }
    await ask('GET', '/users/me', { authorization: `Bearer ${accessToken}x` });
    await ask('POST', '/sessions/refresh', { body: { refreshToken } });
    await ask('POST', '/sessions/refresh', { body: { refreshToken: secret['refresh'] } });
    await ask('PUT', '/users/me/password', {
      ...own,
      body: { currentPassword: secret['wrong'], newPassword: secret['new'] },
    });
    await ask('DELETE', '/users/me', { ...own, body: { password: secret['wrong'] } });
  }

  /** @returns its secret, and the recovery codes. */
  async function useSecondFactor(): Promise<string[]> {
    const route = '/users/me/second-factor';
    await ask('POST', route, { ...own, body: { password: secret['wrong'] } });
    const begun = await ask('POST', route, { ...own, body: { password } });
    const { secret: shared } = (await begun.json()) as NewSecondFactor;
    await ask('PUT', route, { ...own, body: { code: secret['code'] } });
    const confirmed = await ask('PUT', route, { ...own, body: { code: authenticatorCode(shared) } });
    const { recoveryCodes } = (await confirmed.json()) as ResponseOf<typeof confirmSecondFactor>;
    for (const code of [undefined, secret['code'], recoveryCodes[0]]) {
      await ask('POST', '/sessions', { body: { username, password, code } });
    }
    await ask('GET', '/users/me', { authorization: `Basic ${basic}` });
    for (const code of [secret['code'], recoveryCodes[1]]) {
      await ask('DELETE', route, { ...own, body: { password, code } });
    }
    return [shared, ...recoveryCodes];
  }

  async function write(): Promise<void> {
    const { content, title, field } = secret;
    await ask('POST', '/conversations/me', { ...own, body: { content } });
    await ask('POST', `/conversations/${username}`, { ...own, body: { content } });
    await ask('POST', `/conversations/${username}`, { ...own, body: { content, secret: field } });
    await ask('POST', `/conversations/${username}`, { ...own, body: `{"content":"${content}` });
    await ask('POST', `/conversations/${username}`, {
      ...own,
      body: { content },
      headers: { 'content-type': 'text/plain' },
    });
    await ask('PATCH', `/conversations/${username}/messages/1`, { ...own, body: { content: `${content}!` } });
    await ask('POST', '/conversations', { ...own, body: { title, members: [] } });
    await ask('GET', `/search?q=${content}`, own);
  }

  /** Where none belongs. */
  async function misplace(): Promise<void> {
    const { query, cookie, key, raw } = secret;
    await ask('GET', `/users?access_token=${accessToken}&password=${query}&q=${query}`, own);
    await ask('GET', `/users?q[${query}]=${query}`, own);
    await ask('GET', `/nowhere?token=${query}`, own);
    await ask('GET', '/users/me', {
      ...own,
      headers: { Cookie: `session=${cookie}`, 'X-Api-Key': String(key), Baggage: `k=${key}` },
    });
    const target = new URL(url);
    const socket = connect(Number(target.port), target.hostname);
    socket.write(
      `GET /api/users HTTP/1.1\r\nHost: a\r\nAuthorization : Basic ${raw}\r\nCookie: ${raw}\r\n\r\n`,
    );
    await text(socket);
  }
}

function asker(url: string) {
  return (method: string, path: string, { authorization, headers, body }: Ask = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
}
