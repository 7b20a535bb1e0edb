import { describe, expect, it } from '@jest/globals';
import { planLive } from './live-plan.ts';

const size = { seconds: 20, members: 4, groups: 3, listeners: 12, pauseMs: 100, changePauseMs: 1_000 };

const choicesOf = (seed: number) => {
  const { kills, randomOf } = planLive(seed, size);
  return { kills, drawn: randomOf('a client').between(1, 1_000_000) };
};

describe('planLive', () => {
  it('makes the same choices for the same seed, and others for another', () => {
    expect(choicesOf(7)).toEqual(choicesOf(7));
    expect(choicesOf(7)).not.toEqual(choicesOf(8));
  });

  it('kills three gateways and NATS while there is load', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { kills } = planLive(seed, size);
      expect(kills.map(({ what }) => what).toSorted()).toEqual(['gateway', 'gateway', 'gateway', 'nats']);
      expect(Math.max(...kills.map(({ afterMs }) => afterMs))).toBeLessThan(20_000);
    }
  });
});
