import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { planLive } from '../chaos/live/live-plan.ts';
import { type LiveTarget, runLive } from '../chaos/live/live-run.ts';
import { Natter } from './_natter.ts';

/** The short form of what `npm run chaos -- --only live` does. */
const size = { seconds: 20, members: 4, groups: 3, listeners: 12, pauseMs: 150 };

const seed = 1;

const answers = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

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
    const areReady = async () => (await Promise.all(gateways.map(answers))).every(Boolean);
    await waitFor(areReady, { what: 'the gateways to be ready' });
  };

  it('have every entry once, in order, and what the API shows, though they are cut and gateways and NATS die', async () => {
    const { faults, entries, cuts } = await runLive({ gateways, kill }, planLive(seed, size), 'listener');
    expect(faults).toEqual([]);
    expect(Math.min(entries, cuts)).toBeGreaterThan(0);
  });
});
