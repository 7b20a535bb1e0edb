import type {
  NewSecondFactor,
  OwnUser,
  Presence,
  PresentStatus,
  Receipts,
  User,
  UserOrDeleted,
} from '../contract-types.ts';
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

  me(options?: CallOptions): Promise<OwnUser> {
    return this.#user.ask({ method: 'GET', path: '/users/me' }, options);
  }

  /** @param user a username or an id; who has deleted their account is found by id alone. */
  get(user: string, options?: CallOptions): Promise<UserOrDeleted> {
    return this.#user.ask({ method: 'GET', path: path`/users/${user}` }, options);
  }

  /** @param change `receipts`: whether the others see how far I have read. */
  updateMe(
    change: { displayName?: string | undefined; receipts?: Receipts | undefined },
    options?: CallOptions,
  ): Promise<OwnUser> {
    return this.#user.ask({ method: 'PATCH', path: '/users/me', body: change }, options);
  }

  /** Whether somebody is there: `me`, or a username or an id. Not there where the server has it switched off. */
  presenceOf(user: string, options?: CallOptions): Promise<Presence> {
    return this.#user.ask({ method: 'GET', path: path`/users/${user}/presence` }, options);
  }

  /** Of the connections that I have now. */
  setPresence(presence: { status: PresentStatus }, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'PUT', path: '/users/me/presence', body: presence }, options);
  }

  /** Ends every other session. */
  changePassword(
    passwords: { currentPassword: string; newPassword: string },
    options?: CallOptions,
  ): Promise<void> {
    return this.#user.ask({ method: 'PUT', path: '/users/me/password', body: passwords }, options);
  }

  /** A secret for an app that shows codes, of no effect until `confirmSecondFactor`. */
  beginSecondFactor(proof: { password: string }, options?: CallOptions): Promise<NewSecondFactor> {
    return this.#user.ask({ method: 'POST', path: '/users/me/second-factor', body: proof }, options);
  }

  /**
   * Turns it on, and ends every other session. Where the server requires a second factor, the session opens everything from
   * now on. Each recovery code is good once; they are not told again.
   */
  confirmSecondFactor(proof: { code: string }, options?: CallOptions): Promise<{ recoveryCodes: string[] }> {
    return this.#user.ask({ method: 'PUT', path: '/users/me/second-factor', body: proof }, options);
  }

  /** Turns it off, and ends every session, this one too: log in again. `code` is of the app, or a recovery code. */
  removeSecondFactor(proof: { password: string; code: string }, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'DELETE', path: '/users/me/second-factor', body: proof }, options);
  }

  /** For ever. */
  deleteMe(proof: { password: string }, options?: CallOptions): Promise<void> {
    return this.#user.ask({ method: 'DELETE', path: '/users/me', body: proof }, options);
  }
}
