import type { RegistrationPolicy, SecondFactorPolicy } from '../contract-types.ts';

/** What a server is and what it allows. */
export interface ServerInfo {
  name: 'natter';
  version: string;
  api: 'v1';
  registration: RegistrationPolicy;
  /** Where it is `required`, all but setting one up throws `second_factor_setup_required` until that is done. */
  secondFactor: SecondFactorPolicy;
  limits: {
    /** Code points in one message. */
    messageCharacters: number;
    /** Bytes of UTF-8 in one message. */
    messageBytes: number;
    groupMembers: number;
    /** Different emoji among the reactions to one message. */
    reactionKinds: number;
    /** Members whom one message mentions. */
    mentions: number;
    /** Things in one page of a list. */
    pageSize: number;
    /** Streams of live events of one user, at each gateway. */
    streams: number;
    /** Bytes of one request. */
    bodyBytes: number;
    /** Requests at once, and in how many seconds a used up quota is whole again; not there where nothing is limited. */
    rates?: { name: string; quota: number; windowSeconds: number }[];
  };
}
