import type { Provider } from '../providers/provider.ts';

/** What the stack needs to know of a kind of server. */
export interface ServerKind {
  readonly name: 'NATS' | 'MongoDB';
  readonly variable: 'NATS_URL' | 'MONGODB_URL';
  /** In the order in which they are asked. */
  readonly providers: readonly Provider[];
  /** What to do where none of them works. */
  readonly remedy: string;
  /** The URL of a server that listens on a port of loopback. */
  urlOf(port: number): string;
  /**
   * Speaks with the server: an open port alone may be anybody's.
   *
   * @returns name and version, for people.
   * @throws an error that says what is wrong.
   */
  check(url: string): Promise<string>;
  /** What a server that we started still needs before it serves; `ownAddress` is how it reaches itself. */
  prepare?(url: string, ownAddress: string): Promise<void>;
}
