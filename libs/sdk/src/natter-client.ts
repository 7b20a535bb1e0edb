import { basicCredentials } from './auth/basic-credentials.ts';
import { SessionKeeper } from './auth/session-keeper.ts';
import { memorySessionStore, type SessionStore, type StoredSession } from './auth/session-store.ts';
import type { SessionGrant } from './contract-types.ts';
import { Api, type CallOptions, UserApi } from './http/api.ts';
import { Live } from './live/live.ts';
import type { LivePosition } from './live/live-event.ts';
import { eventStreams } from './live/open-event-stream.ts';
import { webSockets } from './live/open-web-socket.ts';
import { hasCode } from './natter-client-error.ts';
import { Blocks } from './rest/blocks.ts';
import { Conversations } from './rest/conversations.ts';
import { Members } from './rest/members.ts';
import { Messages } from './rest/messages.ts';
import type { ServerInfo } from './rest/server-info.ts';
import { Sessions } from './rest/sessions.ts';
import { Users } from './rest/users.ts';
import { systemTiming, type Timing } from './timing.ts';

export interface NatterClientOptions {
  /** Where Natter is, without `/api`: `https://chat.example.org`. */
  url: string;
  /** Where the session is kept that `logIn` begins; in memory where nothing else is said. */
  store?: SessionStore | undefined;
  /** For scripts: no session, but the password with every request. */
  basic?: { username: string; password: string } | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  /** For tests. */
  timing?: Timing | undefined;
}

export interface ConnectOptions {
  /**
   * `events` (server-sent events over `fetch`) works everywhere and heeds how fast it is read; `websocket` needs a
   * platform that has WebSocket (Node has since 22), and a session.
   */
  transport?: 'events' | 'websocket' | undefined;
  /** From where to go on; snapshots of all conversations come first where it is not given. */
  position?: LivePosition | undefined;
}

/** A user of a Natter server. */
export class NatterClient {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly members: Members;
  readonly blocks: Blocks;
  readonly #api: Api;
  readonly #user: UserApi;
  readonly #keeper: SessionKeeper;
  readonly #basic: boolean;

  constructor(options: NatterClientOptions) {
    const { url, store = memorySessionStore(), basic, timing = systemTiming } = options;
    // Called as a method of anything else, a browser's own would refuse.
    const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
    this.#api = new Api({ url, fetch, timing });
    const refresh = (refreshToken: string) =>
      this.#api.askAs<SessionGrant>(undefined, {
        method: 'POST',
        path: '/sessions/refresh',
        body: { refreshToken },
      });
    this.#keeper = new SessionKeeper({ store, timing, refresh });
    this.#basic = basic !== undefined;
    this.#user = new UserApi(this.#api, basic ? basicCredentials(basic) : this.#keeper);
    this.users = new Users(this.#api, this.#user);
    this.sessions = new Sessions(this.#user);
    this.conversations = new Conversations(this.#user);
    this.messages = new Messages(this.#user);
    this.members = new Members(this.#user);
    this.blocks = new Blocks(this.#user);
  }

  /** What the server is and what it allows; nobody need be logged in. */
  server({ signal }: CallOptions = {}): Promise<ServerInfo> {
    return this.#api.askAs(undefined, { method: 'GET', path: '/server' }, signal);
  }

  /**
   * Begins a session, and keeps it in the store. `device` is what the list of sessions calls it. `code` is of the app, or a
   * recovery code, where the account has a second factor: without one it throws `second_factor_required`. Where the server
   * requires a second factor and the account has none, all but setting one up throws `second_factor_setup_required`.
   */
  async logIn(
    credentials: {
      username: string;
      password: string;
      device?: string | undefined;
      code?: string | undefined;
    },
    { signal }: CallOptions = {},
  ): Promise<StoredSession> {
    if (this.#basic) throw new TypeError('A client with HTTP Basic has no session');
    const request = { method: 'POST', path: '/sessions', body: credentials } as const;
    return this.#keeper.keep(await this.#api.askAs<SessionGrant>(undefined, request, signal));
  }

  /** Ends the session, on the server too. */
  async logOut(options?: CallOptions): Promise<void> {
    try {
      await this.sessions.end('current', options);
    } catch (error) {
      // It has ended already.
      if (!hasCode(error, 'invalid_token', 'unauthenticated')) throw error;
    }
    await this.#keeper.forget();
  }

  /** What happens in my conversations, from the moment that it is iterated. */
  connect({ transport = 'events', position }: ConnectOptions = {}): Live {
    if (transport === 'events') return new Live(this.#user, eventStreams(this.#user), position);
    if (this.#basic) throw new TypeError('A WebSocket needs a session');
    if (typeof WebSocket === 'undefined') throw new TypeError('There is no WebSocket here: use "events"');
    return new Live(this.#user, webSockets(this.#user), position);
  }
}
