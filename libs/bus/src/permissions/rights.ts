import type { CallerName, EventDefinition, ServiceName } from '@natter/contracts';
import { streamName } from '../events/streams.ts';
import { bucketName, bucketStream } from '../key-value/bucket-names.ts';
import { eventSubject, inboxPrefix, operationSubject } from '../subject.ts';
import { buckets, events, operations } from './definitions.ts';

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

/** Asking for those operations whose callers name it. */
export function asks(caller: CallerName): Right {
  const own = operations.filter(({ callers }) => callers.includes(caller));
  return (prefix) => ({
    publish: own.map((operation) => operationSubject(prefix, operation)),
    subscribe: [`${inboxPrefix(caller)}.>`],
  });
}

/** Answering the operations of a service, and who looks for services. */
export function serves(service: ServiceName): Right {
  const own = operations.filter((operation) => operation.service === service);
  return (prefix) => ({
    subscribe: [
      ...own.map((operation) => operationSubject(prefix, operation)),
      ...discoveryVerbs.flatMap((verb) => [verb, `${verb}.${service}`, `${verb}.${service}.*`]),
    ],
    answers: true,
  });
}

/** Publishing the events of a service, and keeping the stream that holds them. */
export function publishes(service: ServiceName): Right {
  const own = events.filter((event) => event.service === service);
  return (prefix) => {
    const stream = streamName(prefix, service);
    return {
      publish: [
        ...own.map((event) => eventSubject(prefix, event)),
        ...['CREATE', 'UPDATE', 'INFO'].map((verb) => `${api}.STREAM.${verb}.${stream}`),
      ],
    };
  };
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

/** Reading and writing the values of those buckets that name it. */
export function usesBuckets(caller: CallerName): Right {
  const own = buckets.filter(({ usedBy }) => usedBy.includes(caller));
  return (prefix) => ({
    publish: own.flatMap((definition) => [
      `$KV.${bucketName(prefix, definition)}.*`,
      `${api}.STREAM.MSG.GET.${bucketStream(prefix, definition)}`,
    ]),
  });
}

/** Looking for services, as `nats micro` does. */
export function discovers(): Right {
  return () => ({ publish: discoveryVerbs.flatMap((verb) => [verb, `${verb}.*`, `${verb}.*.*`]) });
}
