import type { CallContext } from '@natter/bus';

/** What every call on behalf of a request hands on. */
export interface RequestContext extends CallContext {
  /** Where the request comes from, or a trusted proxy says that it does; undefined where the client went away before anybody looked. */
  readonly address: string | undefined;
}
