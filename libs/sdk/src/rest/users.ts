import type { User, UserOrDeleted } from '../contract-types.ts';
import type { Api, CallOptions, UserApi } from '../http/api.ts';
import { path } from '../http/path.ts';
import type { Page, PageOptions } from './lists.ts';

export interface NewUser {
  username: string;
  password: string;
  /** Defaults to the username. */
  displayName?: string | undefined;
  /** From the operator; wanted where the server's registration is `invite`. */
  invite?: string | undefined;
}

/** Accounts. */
export class Users {
  readonly #api: Api;
  readonly #user: UserApi;

  constructor(api: Api, user: UserApi) {
    this.#api = api;
    this.#user = user;
  }

  /** Makes an account; nobody need be logged in. */
  create(user: NewUser, { signal }: CallOptions = {}): Promise<User> {
    return this.#api.askAs(undefined, { method: 'POST', path: '/users', body: user }, signal);
  }

  /** The others, by username. `q` is the beginning of a username or of a display name. */
  list(query: PageOptions & { q?: string | undefined } = {}, options?: CallOptions): Promise<Page<User>> {
    return this.#user.ask({ method: 'GET', path: '/users', query }, options);
  }

  me(options?: CallOptions): Promise<User> {
    return this.#user.ask({ method: 'GET', path: '/users/me' }, options);
  }

  /** @param user a username or an id; who has deleted their account is found by id alone. */
  get(user: string, options?: CallOptions): Promise<UserOrDeleted> {
    return this.#user.ask({ method: 'GET', path: path`/users/${user}` }, options);
  }

  updateMe(change: { displayName: string }, options?: CallOptions): Promise<User> {
    return this.#user.ask({ method: 'PATCH', path: '/users/me', body: change }, options);
  }

  /** Ends every other session. */
  changePassword(
    passwords: { currentPassword: string; newPassword: string },
    options?: CallOptions,
  ): Promise<void> {
    return this.#user.ask({ method: 'PUT', path: '/users/me/password', body: passwords }, options);
  }

  /** For ever. */
  deleteMe(proof: { password: string }, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'DELETE', path: '/users/me', body: proof }, options);
  }
}
