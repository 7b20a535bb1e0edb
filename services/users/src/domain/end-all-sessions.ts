import type { Account } from './account.ts';
import { endedLately, forgetAt, type TellEnded } from './end-session.ts';
import type { Sessions } from './session.ts';

const atOnce = 1_000;

export interface TellAll {
  ended: TellEnded;
  /** Tells all gateways that a password they may have found right may be so no more. */
  credentialsChanged: (userId: string) => Promise<void>;
}

/** Ends all sessions of earlier epochs of an account. Those that have ended already are told of again. */
export type EndAllSessions = (account: Account, at: Date) => Promise<void>;

export function createEndAllSessions(sessions: Sessions, tell: TellAll): EndAllSessions {
  return async ({ id: userId, sessionEpoch }, at) => {
    await sessions.endBefore({ userId, epoch: sessionEpoch }, forgetAt(at));
    const lately = endedLately(at);
    let afterId: string | undefined;
    do {
      const ended = await sessions.listEnded({ userId, ...lately, afterId, limit: atOnce });
      await tell.ended(userId, ended);
      afterId = ended.length === atOnce ? ended.at(-1)?.id : undefined;
    } while (afterId !== undefined);
    await tell.credentialsChanged(userId);
  };
}
