/** How it goes with a queue whose receiver did not take an entry. */
export interface QueueFailing {
  /** When that began: nothing was taken since. */
  since: Date;
  /** How often the entry that is next was tried. */
  attempts: number;
  /** Why the last of these failed. */
  reason: string;
}

/** How far a webhook is with a conversation's log, which is the queue itself. */
export interface WebhookQueue {
  webhookId: string;
  conversationId: string;
  /** The rev to deliver next; undefined until it is found where the webhook begins. */
  next: number | undefined;
  /** The highest rev that was announced. */
  announced: number;
  failing: QueueFailing | undefined;
}

/** A queue in the hands of one process, until the time that it named is over. */
export interface HeldQueue extends WebhookQueue {
  /** Tells this hold from every other. */
  hold: string;
}

export interface Hold {
  now: Date;
  /** Until then nobody else gets the queues. */
  until: Date;
  limit: number;
}

/** Where a queue stands after an entry was delivered or given up. */
export interface Advance {
  next: number;
  failing: QueueFailing | undefined;
  /** Until then the hold goes on. */
  until: Date;
}

export interface QueueSummary {
  /** Queues that have something to deliver. */
  waiting: number;
  /** Those of them whose last delivery failed. */
  failing: number;
  /** The one that has failed the longest. */
  longest: QueueFailing | undefined;
}

/**
 * A queue rests, is due from a time on, or is held, which is being due when the hold is over: so a process that dies
 * with a queue in hand leaves it to others. What an implementation owes:
 *
 * - A queue is in one hand at a time. Whoever lost a hold changes nothing any more, and is told by `undefined`.
 * - What is announced for a queue that rests, or while it is held, is never overlooked.
 */
export interface WebhookQueues {
  /** Makes those queues of a conversation due that rest before the rev, and those that are not there yet. */
  announce(webhookIds: readonly string[], conversationId: string, rev: number, now: Date): Promise<void>;

  /** Takes queues of a webhook that are due, those that have been for the longest first. */
  hold(webhookId: string, hold: Hold): Promise<HeldQueue[]>;

  /** Says where a queue stands, and holds it on. */
  advance(queue: HeldQueue, advance: Advance): Promise<HeldQueue | undefined>;

  /** Lets go of a queue that is due again from a time on. */
  putOff(queue: HeldQueue, due: Date, failing: QueueFailing | undefined): Promise<void>;

  /** Lets go of a queue that has delivered all. @returns the queue, still held, where more was announced meanwhile. */
  rest(queue: HeldQueue): Promise<HeldQueue | undefined>;

  /** Makes a queue due from a rev on, wherever it stands and whoever has it in hand; makes it where there is none. */
  startFrom(webhookId: string, conversationId: string, rev: number, now: Date): Promise<void>;

  summarize(webhookId: string): Promise<QueueSummary>;

  removeOf(webhookId: string): Promise<void>;
}
