import type { CallContext } from '@natter/bus';

/** What every call on behalf of a request hands on, and what the gateway alone wants to know of it. */
export interface RequestContext extends CallContext {
  /** Where the request comes from; undefined where the client went away before anybody looked. */
  readonly address: string | undefined;
}
