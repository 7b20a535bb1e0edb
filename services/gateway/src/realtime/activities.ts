import type { AddressListener, Bus } from '@natter/bus';
import { activityPushed, type PushedBy } from '@natter/contracts';
import { isForMember } from './activity-audience.ts';
import type { Hearing } from './hearing.ts';
import type { EphemeralEvents } from './live-events.ts';

/** Hands on who has read how far and who is writing, in the conversations that somebody here is in. */
export class Activities implements Pick<Hearing, 'addConversation' | 'removeConversation'> {
  readonly #events: EphemeralEvents;
  readonly #listener: AddressListener<typeof activityPushed>;

  constructor(bus: Pick<Bus, 'listenByAddress'>, events: EphemeralEvents) {
    this.#events = events;
    this.#listener = bus.listenByAddress(activityPushed, {
      handle: (pushed, conversationId) => this.#handOn(pushed, conversationId),
      // What was missed has passed.
      onGap: () => undefined,
    });
  }

  addConversation(conversationId: string): void {
    this.#listener.add(conversationId);
  }

  removeConversation(conversationId: string): void {
    this.#listener.remove(conversationId);
  }

  stop(): void {
    this.#listener.stop();
  }

  #handOn(pushed: PushedBy<typeof activityPushed>, conversationId: string): void {
    const { type, data } = pushed.activity;
    const event = { type, json: JSON.stringify(data) };
    this.#events.tellConversation(conversationId, event, (userId) => isForMember(pushed, userId));
  }
}
