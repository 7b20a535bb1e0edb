/** A server that answers, for one run of the tests. */
export interface TestServer {
  readonly url: string;
  /** Which one it is, for whoever reads the run's output. */
  readonly title: string;
  stop(): Promise<void>;
}
