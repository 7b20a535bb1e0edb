import type { LiveEvents, Stream, StreamRequest } from '../live-events.ts';
import type { Presence } from './presence.ts';

/** Live events whose streams make their users be there. */
export function withPresence(live: LiveEvents, presence: Pick<Presence, 'connected'>): LiveEvents {
  return { open: (request) => open(live, presence, request) };
}

async function open(
  live: LiveEvents,
  presence: Pick<Presence, 'connected'>,
  request: StreamRequest,
): Promise<Stream> {
  const { client, caller } = request;
  let isOver = false;
  let leave: (() => void) | undefined;
  const end = () => {
    isOver = true;
    leave?.();
  };
  const stream = await live.open({
    ...request,
    client: {
      entry: (...given) => client.entry(...given),
      ephemeral: (event) => client.ephemeral(event),
      reset: (cursor) => client.reset(cursor),
      drained: () => client.drained(),
      end: (reason) => {
        end();
        client.end(reason);
      },
    },
  });
  if (!isOver) {
    leave = presence.connected(caller, (event) => {
      if (!isOver) client.ephemeral(event);
    });
  }
  return {
    get cursor() {
      return stream.cursor;
    },
    close: (reason) => {
      end();
      stream.close(reason);
    },
  };
}
