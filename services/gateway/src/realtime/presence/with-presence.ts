import type { LiveEvents } from '../live-events.ts';
import type { Presence } from './presence.ts';

/** Live events whose streams make their users be there. */
export function withPresence(live: LiveEvents, presence: Pick<Presence, 'connected'>): LiveEvents {
  return {
    open: async (request) => {
      const { client, caller } = request;
      let leave: (() => void) | undefined;
      let ended = false;
      const stream = await live.open({
        ...request,
        client: {
          entry: (...given) => client.entry(...given),
          ephemeral: (event) => client.ephemeral(event),
          reset: (cursor) => client.reset(cursor),
          drained: () => client.drained(),
          end: (reason) => {
            ended = true;
            leave?.();
            client.end(reason);
          },
        },
      });
      if (!ended) leave = presence.connected(caller, (event) => client.ephemeral(event));
      return {
        get cursor() {
          return stream.cursor;
        },
        close: (reason) => {
          leave?.();
          stream.close(reason);
        },
      };
    },
  };
}
