import type { Session } from '../contract-types.ts';
import type { CallOptions, UserApi } from '../http/api.ts';
import { path } from '../http/path.ts';
import type { Page, PageOptions } from './lists.ts';

/** Where the user is logged in. */
export class Sessions {
  readonly #user: UserApi;

  constructor(user: UserApi) {
    this.#user = user;
  }

  /** The latest login first. */
  list(query: PageOptions = {}, options?: CallOptions): Promise<Page<Session>> {
    return this.#user.ask({ method: 'GET', path: '/sessions', query }, options);
  }

  /** Logs another device out; `logOut` ends the client's own session. */
  end(id: string, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'DELETE', path: path`/sessions/${id}` }, options);
  }
}
