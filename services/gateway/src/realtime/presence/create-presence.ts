import type { Bus } from '@natter/bus';
import { connections, lastSeen } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import type { EphemeralEvents } from '../live-events.ts';
import { ConnectionLeases } from './connection-leases.ts';
import { Presence } from './presence.ts';
import { PresenceBoard } from './presence-board.ts';
import { PresenceNews } from './presence-news.ts';

const clock = { now: () => performance.now(), date: () => new Date() };

/** Many fail together, and say the same. */
const complainEveryMs = 30_000;

/** @param events tells whoever has a stream here. */
export function createPresence(
  bus: Bus,
  events: Pick<EphemeralEvents, 'tellUser'>,
  logger: Pick<Logger, 'warn'>,
): Presence {
  const onFailure = seldom((error) => logger.warn({ err: error }, 'could not tell who is there; trying on'));
  const values = bus.keyValue(connections);
  const leases = new ConnectionLeases({ values, clock, onFailure });
  const board = new PresenceBoard(clock);
  const isHere = (userId: string) => leases.isHere(userId);
  const find = (userId: string) => board.find(userId);
  return new Presence({
    bus,
    values,
    seen: bus.keyValue(lastSeen),
    leases,
    board,
    news: new PresenceNews({ bus, events, isHere, find, onFailure }),
    clock,
    onFailure,
  });
}

function seldom(complain: (error: unknown) => void): (error: unknown) => void {
  let quietUntil = 0;
  return (error) => {
    if (clock.now() < quietUntil) return;
    quietUntil = clock.now() + complainEveryMs;
    complain(error);
  };
}
