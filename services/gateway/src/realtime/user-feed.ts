import type { LivePosition } from '@natter/contracts';
import type { ConversationFeed } from './conversation-feed.ts';
import type { SealPosition } from './cursors.ts';
import type { EphemeralEvent, LiveEntry } from './live-events.ts';
import type { OpenStream } from './open-stream.ts';
import { Progress } from './progress.ts';

const none: readonly never[] = [];

/** What the streams of one user share: which conversations there are, and how far all of them have got. */
export class UserFeed {
  readonly id: string;
  /** When, by the clock of the process, it was compared with the logs, and when it is to be again: whole milliseconds. */
  renewedAt: number | undefined;
  renewAt: number | undefined;
  #conversations: ConversationFeed[] | undefined;
  /** Replaced, never changed: somebody may be going through them. */
  #streams: readonly OpenStream[] = none;
  #progress: Progress | undefined;
  /** What was delivered since a synchronisation began. */
  #meanwhile: Map<string, number> | undefined;
  readonly #seal: SealPosition;
  /** Kept for those who ask for the same: where there is one stream, nobody does. */
  #sealed: string | undefined;

  constructor(id: string, seal: SealPosition) {
    this.id = id;
    this.#seal = seal;
  }

  get conversations(): readonly ConversationFeed[] {
    return this.#conversations ?? none;
  }

  /** Told of a conversation from now on, of which they were not. */
  follow(feed: ConversationFeed): void {
    // The room that is made for an element that comes to others is that of many.
    if (this.#conversations === undefined) this.#conversations = [feed];
    else this.#conversations.push(feed);
  }

  unfollow(feed: ConversationFeed): void {
    const place = this.#conversations?.indexOf(feed) ?? -1;
    const last = place < 0 ? undefined : this.#conversations?.pop();
    if (last !== undefined && last !== feed) this.#conversations?.splice(place, 1, last);
  }

  get streams(): readonly OpenStream[] {
    return this.#streams;
  }

  add(stream: OpenStream): void {
    // Not by spreading it: that leaves room for many more.
    this.#streams = this.#streams.concat(stream);
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
    const cursor = () => this.cursor();
    for (const stream of this.#streams) stream.deliver(live, cursor);
  }

  tell(event: EphemeralEvent): void {
    for (const stream of this.#streams) stream.tell(event);
  }

  /** The cursor of all that was delivered up to now. */
  cursor(): string {
    const sealed = this.#sealed ?? this.#seal(this.id, this.position);
    if (this.#streams.length > 1) this.#sealed = sealed;
    return sealed;
  }

  #known(): Progress {
    if (this.#progress === undefined) throw new Error('not open yet');
    return this.#progress;
  }

  #changed(): void {
    this.#sealed = undefined;
  }
}
