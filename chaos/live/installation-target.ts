import type { Installation } from '../installation.ts';
import type { LiveTarget } from './live-run.ts';

/** The installation that all of chaos runs on. */
export function liveTargetOf(installation: Installation): LiveTarget {
  return {
    gateways: installation.gateways,
    async kill({ what, index }) {
      if (what === 'nats') {
        installation.nats.signal('SIGKILL');
        await installation.nats.untilItAnswers();
      } else installation.of('gateway')[index]?.signal('SIGKILL');
      await installation.untilReady();
    },
  };
}
