import { crc32 } from 'node:zlib';
import { Random } from '../../services/messaging/src/simulation/random.ts';

/** What is killed, and after how many milliseconds since the load began. */
export interface PlannedKill {
  readonly what: 'gateway' | 'nats';
  /** Which of them: 0 is the first. */
  readonly index: number;
  readonly afterMs: number;
}

export interface LiveSize {
  readonly seconds: number;
  readonly members: number;
  readonly groups: number;
  readonly listeners: number;
  /** Of each writer, on average, between two operations; every member writes. */
  readonly pauseMs: number;
  /** On average, between two removals from groups, and between two blocks of a pair. */
  readonly changePauseMs: number;
}

export interface LivePlan extends LiveSize {
  readonly kills: readonly PlannedKill[];
  /** A source of choices of its own for whoever has a name, whatever the others choose. */
  readonly randomOf: (name: string) => Random;
}

const kinds = ['gateway', 'gateway', 'gateway', 'nats'] as const;

/** For one seed always the same: three gateways and NATS are killed, in any order, at any moment of their share of time. */
export function planLive(seed: number, size: LiveSize): LivePlan {
  const randomOf = (name: string) => new Random(crc32(`${seed} live ${name}`) | 0);
  const random = randomOf('kills');
  const shareMs = (size.seconds * 1_000) / (kinds.length + 1);
  const nats = random.between(0, kinds.length - 1);
  const kills = kinds.map((_, place) => ({
    what: place === nats ? ('nats' as const) : ('gateway' as const),
    index: random.between(0, 1),
    afterMs: Math.round((place + random.between(30, 90) / 100) * shareMs),
  }));
  return { ...size, kills, randomOf };
}
