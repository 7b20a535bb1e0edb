import type { Outcome } from '../log/command.ts';
import type { Intent } from './intents.ts';

/** A command that was answered: how, and where the log's head was when it came and when it was answered. */
export interface Answered {
  intent: Intent;
  commandId: string;
  since: number;
  until: number;
  outcome?: Outcome;
  error?: unknown;
}

/** Something that was seen before a majority had it: it must turn out to be true. */
export interface Sight {
  what: string;
  isTrue: () => boolean;
}

/** What clients were told, and so may rely on from then on. */
export class History {
  readonly answers: Answered[] = [];
  readonly sights: Sight[] = [];
  readonly #revs = new Map<string, number>();
  readonly #markers = new Map<string, number>();
  readonly #deleted = new Set<string>();

  add(answered: Answered): void {
    this.answers.push(answered);
    const { outcome, intent } = answered;
    if (outcome === undefined) return;
    const { entry, message, conversation } = outcome;
    const { conversationId, actorId } = intent;
    raise(this.#revs, conversationId, entry?.rev ?? conversation.rev);
    if (entry?.type === 'message.sent') this.marked(conversationId, actorId, entry.seq);
    if (message === undefined) return;
    raise(this.#revs, `${conversationId}:${message.seq}`, message.rev);
    if (message.deleted !== null) this.#deleted.add(`${conversationId}:${message.seq}`);
  }

  marked(conversationId: string, userId: string, readSeq: number): void {
    raise(this.#markers, `${conversationId}:${userId}`, readSeq);
  }

  /** The rev at which every reader from now on must see the conversation, or later. */
  revOf(conversationId: string): number {
    return this.#revs.get(conversationId) ?? 0;
  }

  messageRevOf(conversationId: string, seq: number): number {
    return this.#revs.get(`${conversationId}:${seq}`) ?? 0;
  }

  markerOf(conversationId: string, userId: string): number {
    return this.#markers.get(`${conversationId}:${userId}`) ?? 0;
  }

  wasDeleted(conversationId: string, seq: number): boolean {
    return this.#deleted.has(`${conversationId}:${seq}`);
  }
}

function raise(map: Map<string, number>, key: string, to: number): void {
  map.set(key, Math.max(map.get(key) ?? 0, to));
}
