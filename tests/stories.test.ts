import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConversationWithMessages, User } from '@natter/contracts';
import { Natter } from './_natter.ts';

const usernames = (body: unknown) => (body as { data: User[] }).data.map(({ username }) => username);

const said = (body: unknown) =>
  (body as ConversationWithMessages).messages.data.map(({ sender, content }) => `${sender}: ${content}`);

describe('npm start', () => {
  let natter: Natter;

  beforeAll(async () => {
    natter = await Natter.create();
    await natter.start('--replicas', 'gateway=2,messaging=2');
  });
  afterAll(() => natter.remove());

  it('prints the three commands, ready to paste', () => {
    for (const command of [
      /http -a alice:natter-demo GET {2}http:\/\/127\.0\.0\.1:\d+\/api\/users\/\n/,
      /http -a alice:natter-demo POST http:\/\/127\.0\.0\.1:\d+\/api\/conversations\/bob\/ content="hello"\n/,
      /http -a bob:natter-demo GET {2}http:\/\/127\.0\.0\.1:\d+\/api\/conversations\/alice\/\n/,
    ]) {
      expect(natter.output).toMatch(command);
    }
  });

  it('shows a user all the others', async () => {
    const { status, body } = await (await natter.as('alice')).get('/api/users/');
    expect([status, usernames(body)]).toEqual([200, ['bob', 'carol']]);
  });

  it('lets a user message another, and shows both the conversation, in order', async () => {
    const [alice, bob] = [await natter.as('alice'), await natter.as('bob')];
    const sent = await alice.post('/api/conversations/bob/', { content: 'hello' });
    expect([sent.status, sent.body]).toMatchObject([201, { seq: 1, sender: 'alice', content: 'hello' }]);
    await bob.post('/api/conversations/alice/', { content: 'hello, alice' });
    const heard = ['alice: hello', 'bob: hello, alice'];
    expect(said((await alice.get('/api/conversations/bob/')).body)).toEqual(heard);
    expect(said((await bob.get('/api/conversations/alice/')).body)).toEqual(heard);
  });

  it('serves the same with a bearer token, through every gateway', async () => {
    const bob = await (await natter.as('bob')).withToken('bob');
    const { gateway } = await natter.runRecord();
    expect(gateway).toHaveLength(2);
    for (const url of gateway) {
      const { status, body } = await bob.through(url).get('/api/v1/conversations/alice');
      expect([status, said(body).length]).toEqual([200, 2]);
    }
  });

  it('is found right by its own check', async () => {
    const { code, output } = await natter.operate('check');
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/Looked at 1 conversation: nothing is wrong\.\n/),
    ]);
  });

  it.each(['conversations', 'memberships', 'messages', 'search', 'users'])(
    'leaves %s as they are when it rebuilds them',
    async (projection) => {
      const { code, output } = await natter.operate('rebuild', projection);
      expect([code, output]).toEqual([
        0,
        expect.stringMatching(/Looked at \d \w+; 0 had to be put right\.\n/),
      ]);
    },
  );

  it('ends with 2 for a command of the operator that is none', async () => {
    expect(await natter.operate('rebuild', 'everything')).toMatchObject({ code: 2 });
    expect(await natter.operate('mend')).toMatchObject({ code: 2 });
  });

  it('keeps the data over a restart, and stops in order with exit code 0', async () => {
    expect(await natter.stop('SIGINT')).toBe(0);
    expect(existsSync(path.join(natter.data, 'run.json'))).toBe(false);
    const { code, output } = await natter.operate('check');
    expect([code, output]).toEqual([2, expect.stringContaining('start it (npm start)')]);
    await natter.start();
    const { body } = await (await natter.as('bob')).get('/api/conversations/alice/');
    expect(said(body)).toEqual(['alice: hello', 'bob: hello, alice']);
    const { status } = await (await natter.as('alice')).post('/api/conversations/bob/', { content: 'again' });
    expect(status).toBe(201);
  });
});
