import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, Schema, trusted } from 'mongoose';
import type { Blocks } from '../domain/blocks.ts';
import { oneBatch } from './one-batch.ts';

interface BlockDocument {
  /** `<blocker's id>:<blocked's id>` */
  _id: string;
  blockerId: string;
  blockedId: string;
}

const blockSchema = new Schema<BlockDocument>(
  {
    _id: { type: String, required: true },
    blockerId: { type: String, required: true },
    blockedId: { type: String, required: true },
  },
  { collection: 'blocks', versionKey: false },
);
blockSchema.index({ blockerId: 1, blockedId: 1 });
blockSchema.index({ blockedId: 1, blockerId: 1 });

const blockId = (blockerId: string, blockedId: string): string => `${blockerId}:${blockedId}`;

/** The blocks in MongoDB. */
export class MongoBlocks implements Blocks {
  readonly #blocks: Model<BlockDocument>;

  constructor(connection: Connection) {
    this.#blocks = connection.model<BlockDocument>('Block', blockSchema);
  }

  async block(blockerId: string, blockedId: string): Promise<void> {
    const filter = { _id: blockId(blockerId, blockedId) };
    const update = { $setOnInsert: { blockerId, blockedId } };
    await bulkUpsert(this.#blocks, [{ updateOne: { filter, update, upsert: true } }]);
  }

  async unblock(blockerId: string, blockedId: string): Promise<void> {
    await this.#blocks.deleteOne({ _id: blockId(blockerId, blockedId) });
  }

  async list(blockerId: string, limit: number, afterId = ''): Promise<string[]> {
    const documents = await this.#blocks
      .find({ blockerId, blockedId: trusted({ $gt: afterId }) })
      .sort({ blockedId: 1 })
      .limit(limit)
      .lean<BlockDocument[]>();
    return documents.map(({ blockedId }) => blockedId);
  }

  isBlockedByAny(blockedId: string, blockerIds: readonly string[]): Promise<boolean> {
    return this.#exists(blockerIds.map((blockerId) => blockId(blockerId, blockedId)));
  }

  async listApart(userId: string): Promise<string[]> {
    const [blocked, blockers] = await Promise.all([
      this.#others({ blockerId: userId }, 'blockedId'),
      this.#others({ blockedId: userId }, 'blockerId'),
    ]);
    return [...new Set([...blocked, ...blockers])];
  }

  async #others(filter: Partial<BlockDocument>, field: 'blockedId' | 'blockerId'): Promise<string[]> {
    const documents = await this.#blocks
      .find(filter)
      .select({ _id: 0, [field]: 1 })
      .batchSize(oneBatch)
      .lean<BlockDocument[]>();
    return documents.map((document) => document[field]);
  }

  areApart(userId: string, otherId: string): Promise<boolean> {
    return this.#exists([blockId(userId, otherId), blockId(otherId, userId)]);
  }

  async #exists(ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return false;
    const found = await this.#blocks
      .findOne({ _id: trusted({ $in: [...ids] }) })
      .select({ _id: 1 })
      .lean<BlockDocument>();
    return found !== null;
  }
}
