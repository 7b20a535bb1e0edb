import type { EventDefinition, PayloadOf } from '@natter/contracts';
import type { JsMsg } from 'nats';
import type { BusLogger } from '../bus-logger.ts';
import type { Settlement } from '../bus-observer.ts';
import { type DeadLetter, deadLetterOf } from './dead-letter.ts';
import { redeliverAfterMs, retryDeadLetterAfterMs } from './redelivery.ts';

export interface MessageHandlerOptions<E extends EventDefinition = EventDefinition> {
  handle: (payload: PayloadOf<E>) => Promise<void>;
  /** Keeps the event for a person. Where that fails too, the event is delivered again. */
  deadLetter: (letter: DeadLetter) => Promise<void>;
}

/** Settles every message in one of three ways: acknowledged, to be delivered again, or a dead letter. */
export class MessageHandler {
  readonly event: EventDefinition;
  readonly #options: MessageHandlerOptions;
  readonly #logger: BusLogger;

  constructor(event: EventDefinition, options: MessageHandlerOptions, logger: BusLogger) {
    this.event = event;
    this.#options = options;
    this.#logger = logger;
  }

  async receive(message: JsMsg): Promise<Settlement> {
    const payload = this.#parse(message);
    if (!payload.success) return this.#bury(message, payload.error);
    try {
      await this.#options.handle(payload.data);
      message.ack();
      return 'acknowledged';
    } catch (error) {
      return await this.#failed(message, error);
    }
  }

  #parse(message: JsMsg): { success: true; data: unknown } | { success: false; error: unknown } {
    try {
      return this.event.schema.safeParse(message.json());
    } catch (error) {
      return { success: false, error };
    }
  }

  async #failed(message: JsMsg, error: unknown): Promise<Settlement> {
    const delayMs = redeliverAfterMs(message.info.deliveryCount);
    if (delayMs === undefined) return this.#bury(message, error);
    this.#logger.warn(
      { err: error, ...about(message), delayMs },
      'event not handled, will be delivered again',
    );
    message.nak(delayMs);
    return 'redelivered';
  }

  async #bury(message: JsMsg, error: unknown): Promise<Settlement> {
    try {
      await this.#options.deadLetter(deadLetterOf(message, error));
      message.term();
      this.#logger.error({ err: error, ...about(message) }, 'event not handled, put to the dead letters');
      return 'dead-letter';
    } catch (failure) {
      this.#logger.error(
        { err: failure, ...about(message) },
        'dead letter not kept, will be delivered again',
      );
      message.nak(retryDeadLetterAfterMs);
      return 'redelivered';
    }
  }
}

function about({ subject, info }: JsMsg): object {
  const { consumer, streamSequence: sequence, deliveryCount: deliveries } = info;
  return { subject, consumer, sequence, deliveries };
}
