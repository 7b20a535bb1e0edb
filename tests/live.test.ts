import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NatterClient } from '@natter/client';
import { waitFor } from '@natter/testkit';
import { planLive } from '../chaos/live/live-plan.ts';
import { type LiveTarget, runLive } from '../chaos/live/live-run.ts';
import { Bot } from './_bot.ts';
import { password } from './_client.ts';
import { Listening } from './_listening.ts';
import { Natter } from './_natter.ts';
import { loadInPage } from './_page.ts';

/** The short form of what `npm run chaos -- --only live` does. */
const size = { seconds: 20, members: 4, groups: 3, listeners: 10, pauseMs: 150, changePauseMs: 1_500 };

const seed = 1;

async function allAnswer(urls: readonly string[]): Promise<boolean> {
  const answers = urls.map((url) => fetch(`${url}/readyz`).then(({ ok }) => ok));
  return (await Promise.allSettled(answers)).every((one) => one.status === 'fulfilled' && one.value);
}

describe('clients that listen', () => {
  let natter: Natter;
  let gateways: readonly string[];

  beforeAll(async () => {
    natter = await Natter.create();
    await natter.start('--replicas', 'gateway=2,messaging=2');
    gateways = await natter.gateways();
  });
  afterAll(() => natter.remove());

  const kill: LiveTarget['kill'] = async ({ what, index }) => {
    const pid = await natter.pidOf(what, index);
    process.kill(pid, 'SIGKILL');
    const isAnother = async () => (await natter.pidOf(what, index).catch(() => pid)) !== pid;
    await waitFor(isAnother, { what: `another ${what}` });
    await waitFor(() => allAnswer(gateways), { what: 'the gateways to be ready' });
  };

  it.each([
    ['events', 'a program'],
    ['websocket', 'a program'],
    ['events', 'a page'],
    ['websocket', 'a page'],
  ] as const)('are told at once what happens, by %s in %s', async (transport, where) => {
    const sdk = where === 'a page' ? await loadInPage() : { NatterClient };
    const client = new sdk.NatterClient({ url: String(gateways[0]) });
    await client.logIn({ username: 'carol', password });
    const live = client.connect({ transport });
    const types: string[] = [];
    for await (const event of live) {
      if (event.type !== 'snapshot') types.push(event.type);
      if (event.type === 'connected') await client.messages.send('carol', { content: transport });
      if (event.type === 'entry' && event.entry.type === 'message.sent') break;
    }
    // Nothing was missed and found out later: the connection itself told of it.
    expect([types[0], types.at(-1), types.includes('disconnected')]).toEqual(['connected', 'entry', false]);
  });

  it('may be as the example in the README of the SDK', async () => {
    await using bot = await Bot.start(String(gateways[0]), 'bob');
    const alice = new NatterClient({ url: String(gateways[1]), basic: { username: 'alice', password } });
    await waitFor(() => bot.output.includes('bob listens'), { what: 'the bot to listen' });
    await alice.messages.send('bob', { content: 'hello there' });
    const contents = async () => (await alice.messages.list('bob')).data.map(({ content }) => content);
    await waitFor(async () => (await contents()).length > 1, { what: 'an answer' });
    await bot.stop();
    await alice.messages.send('bob', { content: 'hello again' });
    bot.start();
    await waitFor(async () => (await contents()).length > 3, { what: 'the other answer' });
    expect(await contents()).toEqual(['hello there', 'hello, alice', 'hello again', 'hello, alice']);
  });

  it('are told afterwards, once and in order, of what happens while messaging is dead', async () => {
    const [url = ''] = gateways;
    const alice = new NatterClient({ url, basic: { username: 'alice', password } });
    const before = await alice.messages.send('carol', { content: 'before' });
    await using listening = await Listening.begin(url, 'carol', before);
    for (const index of [0, 1]) process.kill(await natter.pidOf('messaging', index), 'SIGKILL');
    const contents = ['one', 'two', 'three', 'four', 'five'];
    await Promise.all(contents.map((content) => alice.messages.send('carol', { content })));
    await listening.toldOf(contents.length);
    const expected = contents.map((_, index) => before.rev + 1 + index);
    expect(listening.revs).toEqual([expected, expected, expected, expected]);
    expect([listening.cuts, listening.code]).toEqual([[], undefined]);
  });

  it('have every entry once, in order, and what the API shows, though they are cut and gateways and NATS die', async () => {
    const { faults, entries, cuts } = await runLive({ gateways, kill }, planLive(seed, size), 'listener');
    expect(faults).toEqual([]);
    expect(Math.min(entries, cuts)).toBeGreaterThan(0);
  });
});
