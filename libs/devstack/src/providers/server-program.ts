/** Where a server that we start listens (on loopback) and keeps its data. */
export interface ServerPlace {
  readonly port: number;
  readonly folder: string;
}

/** A server program that is on this machine and runs; nothing is started yet. */
export interface ServerProgram {
  /** Where it came from, in a word. */
  readonly provider: 'path' | 'mongodb-memory-server' | 'pypi';
  /** Name and version, for people. */
  readonly title: string;
  /** What people should know before they trust it with data. */
  readonly caveat?: string;
  readonly command: string;
  /** Makes the place ready and gives the arguments to run there. */
  argumentsFor(place: ServerPlace): Promise<readonly string[]>;
}
