import { type Connection, type Model, Schema } from 'mongoose';
import type { Invite, Invites } from '../domain/invite.ts';
import { type AccountDocument, accountModel } from './account-model.ts';

interface InviteDocument extends Omit<Invite, 'hash'> {
  /** The hash. */
  _id: string;
}

const schema = new Schema<InviteDocument>(
  {
    _id: { type: String, required: true },
    created: { type: Date, required: true },
    expires: { type: Date, required: true },
  },
  { collection: 'invites', versionKey: false },
);
schema.index({ expires: 1 }, { expireAfterSeconds: 0 });

export class MongoInvites implements Invites {
  readonly #model: Model<InviteDocument>;
  readonly #accounts: Model<AccountDocument>;

  constructor(connection: Connection) {
    this.#model = connection.model<InviteDocument>('Invite', schema);
    this.#accounts = accountModel(connection);
  }

  async add({ hash, created, expires }: Invite): Promise<void> {
    await this.#model.insertOne({ _id: hash, created, expires });
  }

  async findUnused(hash: string): Promise<Invite | undefined> {
    const invite = await this.#model.findById(hash).lean();
    if (!invite || (await this.#accounts.exists({ invite: hash }))) return undefined;
    return { hash, created: invite.created, expires: invite.expires };
  }
}
