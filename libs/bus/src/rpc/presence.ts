import { setTimeout } from 'node:timers/promises';
import type { ServiceName } from '@natter/contracts';
import type { Connection } from '../connection/connection.ts';
import { presenceSubject } from '../subject.ts';
import { Instances } from './instances.ts';

/** Milliseconds from one word of an instance to the next. */
const everyMs = 1_000;

/** Where an instance says that it is there. */
export interface Presence {
  /** From now on nobody is to count on it. */
  leave(): void;
}

/**
 * Says again and again, until it leaves, that an instance serves. Each time only after NATS has answered it: an instance
 * that can say something but hears nothing is none to send requests to.
 */
export function announce(
  connection: Connection,
  { prefix, service, instance }: { prefix: string; service: ServiceName; instance: string },
): Presence {
  const leaving = new AbortController();
  const { signal } = leaving;
  const say = (state: 'serving' | 'leaving') =>
    connection.nats.publish(presenceSubject(prefix, service, state), instance);
  const isThere = () => !signal.aborted && connection.connected;

  const goOn = async (): Promise<void> => {
    while (!signal.aborted && !connection.closed) {
      const heard = await connection
        .use(() => connection.nats.flush())
        .then(
          () => true,
          () => false,
        );
      if (heard && isThere()) say('serving');
      await setTimeout(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  void goOn();
  return {
    leave: () => {
      if (isThere()) say('leaving');
      leaving.abort();
    },
  };
}

/** The instances of a service that `announce`, from now on. */
export function follow(connection: Connection, prefix: string, service: ServiceName): Instances {
  const instances = new Instances();
  const left = presenceSubject(prefix, service, 'leaving');
  connection.nats.subscribe(presenceSubject(prefix, service, '*'), {
    callback: (error, message) => {
      if (error !== null) return;
      if (message.subject === left) instances.forget(message.string());
      else instances.heard(message.string());
    },
  });
  return instances;
}
