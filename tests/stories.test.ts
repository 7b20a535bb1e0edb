import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Natter } from './_natter.ts';
import { describeStories, said } from './_stories.ts';

describe('npm start', () => {
  let natter: Natter;

  beforeAll(async () => {
    natter = await Natter.create();
    await natter.start('--replicas', 'gateway=2,messaging=2');
  });
  afterAll(() => natter.remove());

  it('prints the commands to begin with, ready to paste', () => {
    for (const command of [
      /http -a alice:natter-demo GET {2}http:\/\/127\.0\.0\.1:\d+\/api\/users\/\n/,
      /http -a alice:natter-demo POST http:\/\/127\.0\.0\.1:\d+\/api\/conversations\/bob\/ content="hello"\n/,
      /curl -N -u bob:natter-demo http:\/\/127\.0\.0\.1:\d+\/api\/events\n/,
      /http -a bob:natter-demo GET {2}http:\/\/127\.0\.0\.1:\d+\/api\/conversations\/alice\/\n/,
    ]) {
      expect(natter.output).toMatch(command);
    }
  });

  describeStories(() => natter);

  it('has as many gateways as it was asked for', async () => {
    expect(await natter.gateways()).toHaveLength(2);
  });

  it('lets the operator add users, and list them', async () => {
    const { code, output } = await natter.operate('users', 'add', 'dave', '--generate-password');
    expect([code, output]).toEqual([0, expect.stringMatching(/^dave is added\.\nPassword: [\w-]{24}\n$/)]);
    expect(await natter.operate('users', 'add', 'dave', '--generate-password')).toMatchObject({ code: 1 });
    const { output: accounts } = await natter.operate('users', 'list');
    expect(accounts.match(/^\w+/gm)?.toSorted()).toEqual(['alice', 'bob', 'carol', 'dave']);
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

  it('tells what happens as it happens, by the command that it prints', async () => {
    const [, user = '', url = ''] = /curl -N -u (\S+) (\S+)/.exec(natter.output) ?? [];
    const events = await fetch(url, { headers: { Authorization: `Basic ${btoa(user)}` } });
    await (await natter.as('alice')).post('/api/conversations/bob/', { content: 'live' });
    const decoder = new TextDecoder();
    let heard = '';
    // Leaving the loop ends the stream.
    for await (const chunk of events.body ?? []) {
      heard += decoder.decode(chunk, { stream: true });
      if (heard.includes('"content":"live"')) break;
    }
    expect(heard).toContain('event: message.sent\n');
  });
});
