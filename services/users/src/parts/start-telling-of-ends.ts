import { type Lifecycle, repeat } from '@natter/platform';
import type { TellEnded } from '../domain/end-session.ts';
import { EndedSessionTeller } from '../events/ended-session-teller.ts';

/** Milliseconds: of an ended session a gateway is to know within a second. */
const tellAgainEveryMs = 1_000;

/** Tells gateways of single sessions that have ended, until they are told. (Of all of an account the sweeper tells again.) */
export function startTellingOfEnds(lifecycle: Lifecycle, tellEnded: TellEnded): TellEnded {
  const { logger } = lifecycle.owner;
  const teller = new EndedSessionTeller(tellEnded);
  const telling = repeat(() => teller.tellAgain(), {
    everyMs: tellAgainEveryMs,
    onFailure: (error) => logger.warn({ err: error }, 'could not tell of sessions that ended; trying on'),
  });
  lifecycle.onStop('ended sessions being told of', () => telling.stop());
  return teller.tell;
}
