import type { Member, Role } from '../contract-types.ts';
import type { CallOptions, UserApi } from '../http/api.ts';
import { path } from '../http/path.ts';
import type { Page, PageOptions } from './lists.ts';

/** Of groups, which are named by their ids. */
export class Members {
  readonly #user: UserApi;

  constructor(user: UserApi) {
    this.#user = user;
  }

  /** In the order in which they joined. */
  list(group: string, query: PageOptions = {}, options?: CallOptions): Promise<Page<Member>> {
    return this.#user.ask({ method: 'GET', path: path`/conversations/${group}/members`, query }, options);
  }

  /** Adds somebody, or gives a member another role. */
  set(
    group: string,
    username: string,
    change: { role?: Role | undefined } = {},
    options?: CallOptions,
  ): Promise<Member> {
    const request = { method: 'PUT', path: memberPath(group, username), body: change } as const;
    return this.#user.ask(request, options);
  }

  /** @param username `me` to leave. */
  remove(group: string, username: string, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'DELETE', path: memberPath(group, username) }, options);
  }
}

function memberPath(group: string, username: string): string {
  return path`/conversations/${group}/members/${username}`;
}
