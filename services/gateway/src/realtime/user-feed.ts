import type { LivePosition } from '@natter/contracts';
import type { ConversationFeed } from './conversation-feed.ts';
import type { SealPosition } from './cursors.ts';
import type { EphemeralEvent, LiveEntry } from './live-events.ts';
import type { OpenStream } from './open-stream.ts';
import { Progress } from './progress.ts';

/** What the streams of one user share: which conversations there are, and how far all of them have got. */
export class UserFeed {
  readonly id: string;
  readonly conversations = new Set<ConversationFeed>();
  /** When, by the clock of the process, it was compared with the logs, and when it is to be again. */
  renewedAt = Number.POSITIVE_INFINITY;
  renewAt = Number.POSITIVE_INFINITY;
  /** Replaced, never changed: somebody may be going through them. */
  #streams: readonly OpenStream[] = [];
  #progress: Progress | undefined;
  /** What was delivered since a synchronisation began. */
  #meanwhile: Map<string, number> | undefined;
  readonly #seal: SealPosition;
  #sealed: string | undefined;

  constructor(id: string, seal: SealPosition) {
    this.id = id;
    this.#seal = seal;
  }

  get streams(): readonly OpenStream[] {
    return this.#streams;
  }

  add(stream: OpenStream): void {
    this.#streams = [...this.#streams, stream];
  }

  remove(stream: OpenStream): void {
    this.#streams = this.#streams.filter((other) => other !== stream);
  }

  /** From where on all that changes has been delivered. */
  get position(): LivePosition {
    return this.#known().position;
  }

  /** Up to where a conversation is known to have been delivered; 0 where that is not known. */
  revOf(conversationId: string): number {
    return this.#progress?.revOf(conversationId) ?? 0;
  }

  /** Whether a cursor would leave conversations out. */
  get overfull(): boolean {
    return this.#progress?.overfull ?? false;
  }

  begin(position: LivePosition): void {
    this.#progress = new Progress(position);
    this.#changed();
  }

  beginSync(): void {
    this.#meanwhile = new Map();
  }

  /** All that could be read at that position has been delivered. */
  synced(position: LivePosition): void {
    this.#known().reached(position, this.#meanwhile ?? new Map());
    this.#meanwhile = undefined;
    this.#changed();
  }

  deliver(live: LiveEntry): void {
    const { conversationId, rev } = live.entry;
    if (rev <= this.revOf(conversationId)) return;
    this.#progress?.advance(conversationId, rev);
    this.#meanwhile?.set(conversationId, rev);
    this.#changed();
    for (const stream of this.#streams) stream.deliver(live, this.cursor);
  }

  tell(event: EphemeralEvent): void {
    for (const stream of this.#streams) stream.tell(event);
  }

  /** The cursor of all that was delivered up to now. */
  readonly cursor = (): string => {
    this.#sealed ??= this.#seal(this.id, this.position);
    return this.#sealed;
  };

  #known(): Progress {
    if (this.#progress === undefined) throw new Error('not open yet');
    return this.#progress;
  }

  #changed(): void {
    this.#sealed = undefined;
  }
}
