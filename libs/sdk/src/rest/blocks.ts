import type { User } from '../contract-types.ts';
import type { CallOptions, UserApi } from '../http/api.ts';
import { path } from '../http/path.ts';
import type { Page, PageOptions } from './lists.ts';

/** Whom I have blocked. */
export class Blocks {
  readonly #user: UserApi;

  constructor(user: UserApi) {
    this.#user = user;
  }

  list(query: PageOptions = {}, options?: CallOptions): Promise<Page<User>> {
    return this.#user.ask({ method: 'GET', path: '/blocks', query }, options);
  }

  add(username: string, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'PUT', path: path`/blocks/${username}` }, options);
  }

  remove(username: string, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'DELETE', path: path`/blocks/${username}` }, options);
  }
}
