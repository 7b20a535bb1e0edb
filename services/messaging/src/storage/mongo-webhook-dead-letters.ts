import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, Schema, trusted } from 'mongoose';
import type {
  DeadLetterPosition,
  WebhookDeadLetter,
  WebhookDeadLetters,
} from '../domain/webhook-dead-letters.ts';

interface WebhookDeadLetterDocument extends WebhookDeadLetter {
  /** `<webhook's id>:<conversation's id>:<rev>`, in the order in which letters are listed. */
  _id: string;
}

/** As long as somebody may take to notice. The entries themselves are in the log for ever. */
const keptForSeconds = 90 * 86_400;

const schema = new Schema<WebhookDeadLetterDocument>(
  {
    _id: { type: String, required: true },
    webhookId: { type: String, required: true },
    conversationId: { type: String, required: true },
    rev: { type: Number, required: true },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    reason: { type: String, required: true },
  },
  { collection: 'webhookDeadLetters', versionKey: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: keptForSeconds });

/** The dead letters of webhooks in MongoDB. */
export class MongoWebhookDeadLetters implements WebhookDeadLetters {
  readonly #letters: Model<WebhookDeadLetterDocument>;

  constructor(connection: Connection) {
    this.#letters = connection.model<WebhookDeadLetterDocument>('WebhookDeadLetter', schema);
  }

  async keep(letter: WebhookDeadLetter): Promise<void> {
    const filter = { _id: letterId(letter.webhookId, letter) };
    const update = { $setOnInsert: letter };
    await bulkUpsert(this.#letters, [{ updateOne: { filter, update, upsert: true } }]);
  }

  async list(webhookId: string, limit: number, after?: DeadLetterPosition): Promise<WebhookDeadLetter[]> {
    const from = after === undefined ? {} : { $gt: letterId(webhookId, after) };
    const documents = await this.#letters
      .find({ _id: trusted({ ...under(webhookId), ...from }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<WebhookDeadLetterDocument[]>();
    return documents.map(({ _id, ...letter }) => letter);
  }

  async count(webhookId: string): Promise<number> {
    return await this.#letters.countDocuments({ _id: trusted(under(webhookId)) });
  }

  async removeFrom(webhookId: string, conversationId: string, rev: number): Promise<void> {
    const $gte = letterId(webhookId, { conversationId, rev });
    await this.#letters.deleteMany({ _id: trusted({ ...under(`${webhookId}:${conversationId}`), $gte }) });
  }

  async removeOf(webhookId: string): Promise<void> {
    await this.#letters.deleteMany({ _id: trusted(under(webhookId)) });
  }
}

/** As many digits as the highest number has. */
const revDigits = 16;

function letterId(webhookId: string, { conversationId, rev }: DeadLetterPosition): string {
  return `${webhookId}:${conversationId}:${`${rev}`.padStart(revDigits, '0')}`;
}

/** The ids that begin with these parts: `;` comes right after `:`. */
function under(parts: string): { $gt: string; $lt: string } {
  return { $gt: `${parts}:`, $lt: `${parts};` };
}
