import type { Socket } from 'node:net';
import type { NatsConnection } from 'nats';

/** Of the client's insides, what has to be mended. */
interface Insides {
  protocol: {
    /** That of the present attempt. */
    transport: { socket?: Socket; done: boolean };
    /** Begins an attempt to connect, and gives what rejects when it fails. */
    prepare(): Promise<unknown>;
  };
}

/**
 * Has the client forget an attempt to connect that took too long, as with a broker that is frozen or a network that drops
 * the first packet. By itself it leaves the socket open; when that is answered after all, and closed again by the broker,
 * the client takes it for the loss of its connection, and makes another beside the good one, which stays and goes on being
 * sent every second request (https://github.com/nats-io/nats.js/issues/302).
 */
export function forgetFailedDials(nats: NatsConnection): void {
  const { protocol } = nats as unknown as Insides;
  const prepare = protocol.prepare.bind(protocol);
  protocol.prepare = () => {
    const ready = prepare();
    const { transport } = protocol;
    ready.catch(() => {
      transport.done = true;
      transport.socket?.destroy();
    });
    return ready;
  };
}
