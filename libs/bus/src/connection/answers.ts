import { createInbox, ErrorCode, type Msg, type MsgHdrs, type NatsConnection, NatsError } from 'nats';
import { Slots } from '../slots.ts';

export interface Question {
  subject: string;
  body: Uint8Array;
  headers: MsgHdrs;
  /** Milliseconds, at least 1. */
  timeoutMs: number;
}

interface Waiting {
  subject: string;
  /** Which question it is: others have had its slot before, and their answers may still come. */
  asked: number;
  timer: NodeJS.Timeout;
  resolve: (answer: Msg) => void;
  reject: (reason: Error) => void;
}

/**
 * Questions on a connection and the one inbox that all answers come to. The client has the same, but for each answer it
 * makes an error, with its stack, that nobody sees, and races three promises for one.
 */
export class Answers {
  readonly #nats: NatsConnection;
  readonly #inboxPrefix: string;
  readonly #waiting = new Slots<Waiting>();
  #inbox: string | undefined;
  #asked = 0;

  constructor(nats: NatsConnection, inboxPrefix: string) {
    this.#nats = nats;
    this.#inboxPrefix = inboxPrefix;
  }

  /** Rejects with the client's own errors: where nobody serves the subject, and where no answer comes in time. */
  to({ subject, body, headers, timeoutMs }: Question): Promise<Msg> {
    this.#inbox ??= this.#listen();
    this.#asked += 1;
    const asked = this.#asked;
    const { promise, resolve, reject } = Promise.withResolvers<Msg>();
    const fail = (reason: Error) => this.#take(slot, asked)?.reject(reason);
    const timer = setTimeout(() => fail(errorOf(ErrorCode.Timeout)), timeoutMs);
    const slot = this.#waiting.add({ subject, asked, timer, resolve, reject });
    try {
      this.#nats.publish(subject, body, { reply: `${this.#inbox}.${slot}-${asked}`, headers });
    } catch (error) {
      fail(error as Error);
    }
    return promise;
  }

  /** No answer will come to what was asked: on that subject, or at all. */
  abandon(reason: Error, subject?: string): void {
    for (const [slot, waiting] of this.#waiting.entries()) {
      if (subject === undefined || waiting.subject === subject) {
        this.#take(slot, waiting.asked)?.reject(reason);
      }
    }
  }

  #listen(): string {
    const inbox = createInbox(this.#inboxPrefix);
    this.#nats.subscribe(`${inbox}.*`, {
      callback: (error, answer) => {
        if (error === null) return this.#settle(answer);
        // NATS ended the subscription.
        this.#inbox = undefined;
        this.abandon(error);
      },
    });
    return inbox;
  }

  #settle(answer: Msg): void {
    const [slot, asked] = answer.subject.slice(answer.subject.lastIndexOf('.') + 1).split('-');
    const waiting = this.#take(Number(slot), Number(asked));
    if (isNoResponders(answer)) waiting?.reject(errorOf(ErrorCode.NoResponders));
    else waiting?.resolve(answer);
  }

  /** Undefined where nobody waits any more. */
  #take(slot: number, asked: number): Waiting | undefined {
    const waiting = this.#waiting.at(slot);
    if (waiting?.asked !== asked) return undefined;
    this.#waiting.remove(slot);
    clearTimeout(waiting.timer);
    return waiting;
  }
}

/** What the broker says itself (ADR-1 and ADR-4 of NATS): no body, and a status in place of it. */
function isNoResponders({ data, headers }: Msg): boolean {
  return data.length === 0 && headers?.code === 503;
}

const errorOf = (code: ErrorCode) => NatsError.errorForCode(code);
