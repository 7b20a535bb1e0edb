import type { PushDefinition, PushedBy } from '@natter/contracts';
import type { BusLogger } from '../bus-logger.ts';
import type { Connection } from '../connection/connection.ts';
import { pushSubject } from '../subject.ts';
import { parsePush } from './parse-push.ts';

export interface ListenOptions<P extends PushDefinition> {
  /** Where pushes of the kind have one: only what is told there is heard. */
  address?: string;
  /** Told of each push in the order in which they come. Must not throw. */
  handle: (payload: PushedBy<P>) => void;
  /** NATS was away and is back: pushes may have been missed. Must not throw. */
  onGap: () => void;
}

/** Pushes being listened to. */
export interface Listening {
  stop(): void;
}

/** Resolves when NATS knows that this process listens. Each process that does hears each push. */
export async function listen<P extends PushDefinition>(
  push: P,
  { address, handle, onGap }: ListenOptions<P>,
  { connection, prefix, logger }: { connection: Connection; prefix: string; logger: BusLogger },
): Promise<Listening> {
  const subject = pushSubject(prefix, push, address);
  const subscription = connection.nats.subscribe(subject, {
    callback: (error, message) => {
      const payload = error ? undefined : parsePush(push, message);
      if (payload?.success) handle(payload.data);
      else logger.error({ err: error ?? payload?.error, subject }, 'push not understood');
    },
  });
  const forget = connection.onRegained(onGap);
  await connection.flush();
  return {
    stop: () => {
      forget();
      subscription.unsubscribe();
    },
  };
}
