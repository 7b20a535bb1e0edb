import type { CallerName, EventDefinition, Operation, ServiceName } from '@natter/contracts';
import { streamName } from '../events/streams.ts';
import { bucketStream, keySubject } from '../key-value/bucket-names.ts';
import {
  eventSubject,
  inboxPrefix,
  instanceSubject,
  operationSubject,
  presenceSubject,
  pushSubjects,
} from '../subject.ts';
import { buckets, events, operations, pushes } from './definitions.ts';

/** Subjects to publish to and to subscribe to; `answers` where requests may be answered, each once. */
export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  readonly answers: boolean;
}

/** One thing that a NATS user may do, and what it takes under a prefix. */
export type Right = (prefix: string) => Partial<Permissions>;

const api = '$JS.API';

const discoveryVerbs = ['PING', 'INFO', 'STATS'].map((verb) => `$SRV.${verb}`);

/** Asking for those operations whose callers name it, also of one instance, of which it hears that it is there. */
export function asks(caller: CallerName): Right {
  const own = operations.filter(({ callers }) => callers.includes(caller));
  const preferring = own.filter(hasAffinity);
  return (prefix) => ({
    publish: [
      ...own.map((operation) => operationSubject(prefix, operation)),
      ...preferring.map((operation) => instanceSubject(prefix, operation, '*')),
    ],
    subscribe: [
      `${inboxPrefix(caller)}.>`,
      ...preferring.map(({ service }) => presenceSubject(prefix, service, '*')),
    ],
  });
}

/** Answering the operations of a service, and who looks for services; as one instance, too, and saying that it is there. */
export function serves(service: ServiceName): Right {
  const own = operations.filter((operation) => operation.service === service);
  const preferred = own.filter(hasAffinity);
  return (prefix) => ({
    publish: preferred.length > 0 ? [presenceSubject(prefix, service, '*')] : [],
    subscribe: [
      ...own.map((operation) => operationSubject(prefix, operation)),
      ...preferred.map((operation) => instanceSubject(prefix, operation, '*')),
      ...discoveryVerbs.flatMap((verb) => [verb, `${verb}.${service}`, `${verb}.${service}.*`]),
    ],
    answers: true,
  });
}

const hasAffinity = (operation: Operation) => operation.affinity !== undefined;

/** Publishing the pushes and the events of a service, and keeping the stream that holds the events. */
export function publishes(service: ServiceName): Right {
  const own = events.filter((event) => event.service === service);
  const pushed = pushes.filter((push) => push.service === service);
  return (prefix) => {
    const stream = streamName(prefix, service);
    return {
      publish: [
        ...own.map((event) => eventSubject(prefix, event)),
        ...pushed.map((push) => pushSubjects(prefix, push)),
        ...['CREATE', 'UPDATE', 'INFO'].map((verb) => `${api}.STREAM.${verb}.${stream}`),
      ],
    };
  };
}

/** Hearing those pushes whose listeners name it. */
export function listens(listener: CallerName): Right {
  const own = pushes.filter(({ listeners }) => listeners.includes(listener));
  return (prefix) => ({ subscribe: own.map((push) => pushSubjects(prefix, push)) });
}

/** Following one event under one durable name, and asking how far that has got. */
export function consumes(event: EventDefinition, durable: string): Right {
  return (prefix) => {
    const stream = streamName(prefix, event.service);
    return {
      publish: [
        `${api}.CONSUMER.CREATE.${stream}.${durable}.${eventSubject(prefix, event)}`,
        `${api}.CONSUMER.INFO.${stream}.${durable}`,
        `${api}.CONSUMER.MSG.NEXT.${stream}.${durable}`,
        `${api}.STREAM.INFO.${stream}`,
        `$JS.ACK.${stream}.${durable}.>`,
      ],
    };
  };
}

/** Making the buckets that a service keeps. */
export function keepsBuckets(service: ServiceName): Right {
  const own = buckets.filter(({ keeper }) => keeper === service);
  return (prefix) => ({
    publish: own.flatMap((definition) =>
      ['CREATE', 'UPDATE', 'INFO'].map((verb) => `${api}.STREAM.${verb}.${bucketStream(prefix, definition)}`),
    ),
  });
}

/** Reading and writing the values of those buckets that name it, and following them where that is said. */
export function usesBuckets(caller: CallerName): Right {
  const own = buckets.filter(({ usedBy }) => usedBy.includes(caller));
  return (prefix) => ({
    publish: own.flatMap((definition) => [
      keySubject(prefix, definition, '*'),
      `${api}.STREAM.MSG.GET.${bucketStream(prefix, definition)}`,
    ]),
    subscribe: own.filter(({ watched }) => watched).map((definition) => keySubject(prefix, definition, '*')),
  });
}

/** Looking for services, as `nats micro` does. */
export function discovers(): Right {
  return () => ({ publish: discoveryVerbs.flatMap((verb) => [verb, `${verb}.*`, `${verb}.*.*`]) });
}
