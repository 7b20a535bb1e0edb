import type { SupervisedProcess } from '../processes/supervised-process.ts';
import type { ServerProgram } from '../providers/server-program.ts';

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  /** Where it came from, in a word; 'given' for one that we did not start. */
  readonly provider: ServerProgram['provider'] | 'given';
  /** Name and version, for people. */
  readonly title: string;
  readonly caveat?: string | undefined;
  readonly process?: SupervisedProcess;
}
