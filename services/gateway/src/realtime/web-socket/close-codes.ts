import type { EndReason } from '../live-events.ts';

/** With which codes the server closes WebSockets (RFC 6455, 7.4; those from 4000 on are this API's own). */
export const closeCodes = {
  /** It says, by what it sends, that it heeds no limit. */
  tooManyFrames: 1008,
  /** This gateway goes: connect again, and resume. */
  restarting: 1012,
  /** What was missed can't be read here just now, or who this is can't be found out: the same. */
  unavailable: 1013,
  /** It reads more slowly than events come: the same. */
  tooSlow: 4008,
  /** Nobody has said in time who this is, or the session has ended. */
  noSession: 4401,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** What a client that is closed with it is told for people. */
export const closeReasons: Readonly<Record<CloseCode, string>> = {
  1008: 'too many frames',
  1012: 'restarting',
  1013: 'unavailable',
  4008: 'too slow',
  4401: 'no session',
};

export const closeCodeOf: Readonly<Record<EndReason, CloseCode>> = {
  session_ended: closeCodes.noSession,
  restarting: closeCodes.restarting,
  unavailable: closeCodes.unavailable,
};
