import type { JsMsg } from 'nats';

/** An event that could not be handled, and why, for a person to look at. */
export interface DeadLetter {
  stream: string;
  consumer: string;
  subject: string;
  /** The event's place in the stream. */
  sequence: number;
  deliveries: number;
  payload: string;
  error: string;
  at: Date;
}

export function deadLetterOf(message: JsMsg, error: unknown): DeadLetter {
  const { stream, consumer, deliveryCount } = message.info;
  return {
    stream,
    consumer,
    subject: message.subject,
    sequence: message.seq,
    deliveries: deliveryCount,
    payload: message.string(),
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    at: new Date(),
  };
}
