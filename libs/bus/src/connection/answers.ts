import { createInbox, ErrorCode, type Msg, type MsgHdrs, type NatsConnection, NatsError } from 'nats';

export interface Question {
  subject: string;
  body: string;
  headers: MsgHdrs;
  /** Milliseconds, at least 1. */
  timeoutMs: number;
}

interface Waiting {
  subject: string;
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
  readonly #waiting = new Map<string, Waiting>();
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
    const reply = `${this.#inbox}.${this.#asked}`;
    const { promise, resolve, reject } = Promise.withResolvers<Msg>();
    const timer = setTimeout(() => this.#fail(reply, errorOf(ErrorCode.Timeout)), timeoutMs);
    this.#waiting.set(reply, { subject, timer, resolve, reject });
    try {
      this.#nats.publish(subject, body, { reply, headers });
    } catch (error) {
      this.#fail(reply, error as Error);
    }
    return promise;
  }

  /** No answer will come to what was asked: on that subject, or at all. */
  abandon(reason: Error, subject?: string): void {
    for (const [reply, waiting] of this.#waiting) {
      if (subject === undefined || waiting.subject === subject) this.#fail(reply, reason);
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
    if (isNoResponders(answer)) this.#fail(answer.subject, errorOf(ErrorCode.NoResponders));
    else this.#take(answer.subject)?.resolve(answer);
  }

  #fail(reply: string, reason: Error): void {
    this.#take(reply)?.reject(reason);
  }

  /** Undefined where an answer comes too late. */
  #take(reply: string): Waiting | undefined {
    const waiting = this.#waiting.get(reply);
    this.#waiting.delete(reply);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}

/** What the broker says itself (ADR-1 and ADR-4 of NATS): no body, and a status in place of it. */
function isNoResponders({ data, headers }: Msg): boolean {
  return data.length === 0 && headers?.code === 503;
}

const errorOf = (code: ErrorCode) => NatsError.errorForCode(code);
