import { type Connection, Schema } from 'mongoose';

/** An event that could not be handled, kept for a person to look at. `payload` is the event as it came. */
export interface DeadLetterDocument {
  stream: string;
  consumer: string;
  subject: string;
  /** The event's place in its stream. */
  sequence: number;
  deliveries: number;
  payload: string;
  error: string;
  at: Date;
}

const schema = new Schema<DeadLetterDocument>(
  {
    stream: { type: String, required: true },
    consumer: { type: String, required: true },
    subject: { type: String, required: true },
    sequence: { type: Number, required: true },
    deliveries: { type: Number, required: true },
    payload: { type: String, required: true },
    error: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'deadLetters', versionKey: false },
);
// The same event may be given up on twice when its last acknowledgement is lost.
schema.index({ stream: 1, consumer: 1, sequence: 1 }, { unique: true });

/** @returns a function that keeps a letter; keeping it again changes nothing. */
export function createDeadLetters(connection: Connection): (letter: DeadLetterDocument) => Promise<void> {
  const model = connection.model<DeadLetterDocument>('DeadLetter', schema);
  return async (letter) => {
    const { stream, consumer, sequence } = letter;
    await model.updateOne({ stream, consumer, sequence }, { $setOnInsert: letter }, { upsert: true });
  };
}
