import { type Connection, type Model, Schema } from 'mongoose';
import type { Webhook, Webhooks } from '../domain/webhook.ts';

interface WebhookDocument {
  _id: string;
  url: string;
  secret: string;
  conversationId: string | null;
  created: Date;
}

const webhookSchema = new Schema<WebhookDocument>(
  {
    _id: { type: String, required: true },
    url: { type: String, required: true },
    secret: { type: String, required: true },
    conversationId: { type: String, default: null },
    created: { type: Date, required: true },
  },
  { collection: 'webhooks', versionKey: false },
);

/** The webhooks in MongoDB. */
export class MongoWebhooks implements Webhooks {
  readonly #webhooks: Model<WebhookDocument>;

  constructor(connection: Connection) {
    this.#webhooks = connection.model<WebhookDocument>('Webhook', webhookSchema);
  }

  async add({ id: _id, ...webhook }: Webhook): Promise<void> {
    await this.#webhooks.create([{ _id, ...webhook }]);
  }

  async list(): Promise<Webhook[]> {
    const documents = await this.#webhooks.find().sort({ _id: 1 }).lean<WebhookDocument[]>();
    return documents.map(({ _id: id, ...webhook }) => ({ id, ...webhook }));
  }

  async remove(id: string): Promise<boolean> {
    return (await this.#webhooks.deleteOne({ _id: id })).deletedCount > 0;
  }
}
