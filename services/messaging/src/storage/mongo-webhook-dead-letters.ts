import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, Schema, trusted } from 'mongoose';
import type {
  DeadLetterPosition,
  WebhookDeadLetter,
  WebhookDeadLetters,
} from '../domain/webhook-dead-letters.ts';

interface WebhookDeadLetterDocument extends WebhookDeadLetter {
  /** `<webhook's id>:<conversation's id>:<rev>` */
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
schema.index({ webhookId: 1, conversationId: 1, rev: 1 });
schema.index({ at: 1 }, { expireAfterSeconds: keptForSeconds });

/** The dead letters of webhooks in MongoDB. */
export class MongoWebhookDeadLetters implements WebhookDeadLetters {
  readonly #letters: Model<WebhookDeadLetterDocument>;

  constructor(connection: Connection) {
    this.#letters = connection.model<WebhookDeadLetterDocument>('WebhookDeadLetter', schema);
  }

  async keep(letter: WebhookDeadLetter): Promise<void> {
    const { webhookId, conversationId, rev } = letter;
    const filter = { _id: `${webhookId}:${conversationId}:${rev}` };
    await bulkUpsert(this.#letters, [
      { updateOne: { filter, update: { $setOnInsert: letter }, upsert: true } },
    ]);
  }

  async list(webhookId: string, limit: number, after?: DeadLetterPosition): Promise<WebhookDeadLetter[]> {
    const documents = await this.#letters
      .find({ webhookId, ...(after && afterPosition(after)) })
      .sort({ conversationId: 1, rev: 1 })
      .limit(limit)
      .lean<WebhookDeadLetterDocument[]>();
    return documents.map(({ _id, ...letter }) => letter);
  }

  async count(webhookId: string): Promise<number> {
    return await this.#letters.countDocuments({ webhookId });
  }

  async removeFrom(webhookId: string, conversationId: string, rev: number): Promise<void> {
    await this.#letters.deleteMany({ webhookId, conversationId, rev: trusted({ $gte: rev }) });
  }

  async removeOf(webhookId: string): Promise<void> {
    await this.#letters.deleteMany({ webhookId });
  }
}

function afterPosition({ conversationId, rev }: DeadLetterPosition) {
  return {
    $or: [
      { conversationId: trusted({ $gt: conversationId }) },
      { conversationId, rev: trusted({ $gt: rev }) },
    ],
  };
}
