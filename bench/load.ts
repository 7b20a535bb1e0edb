import autocannon, { type Options, type Request, type Result } from 'autocannon';
import type { Slice } from './interleave.ts';
import { processorSeconds } from './processor-seconds.ts';

export interface Load {
  /** Each gets the same number of requests, all at the same time. */
  urls: readonly string[];
  /** Connections to all of them together, each with one request at a time. */
  connections: number;
  /** To all of them together. */
  operations: number;
  request: Request;
  /** The processes whose time counts. */
  pids: readonly number[];
}

/** Measured from the first connection to the last answer. @throws where an answer is not one of success. */
export async function load({ urls, connections, operations, request, pids }: Load): Promise<Slice> {
  const before = processorSeconds(pids);
  const started = performance.now();
  let answers = 0;
  let slice: Slice | undefined;
  // Autocannon itself ends only at its next tick of a second, by when the processes have long been idle.
  const note = () => {
    answers += 1;
    if (answers < operations) return;
    const seconds = (performance.now() - started) / 1_000;
    slice = { operations, seconds, processorSeconds: processorSeconds(pids) - before };
  };
  const runs = urls.map((url) =>
    run(
      { url, connections: connections / urls.length, amount: operations / urls.length, requests: [request] },
      note,
    ),
  );
  for (const { non2xx, errors, timeouts } of await Promise.all(runs)) {
    if (non2xx + errors + timeouts > 0)
      throw new Error(`${non2xx} answers were none of success, ${errors} errors`);
  }
  if (slice === undefined) throw new Error(`Of ${operations} requests ${answers} were answered`);
  return slice;
}

function run(options: Options, onResponse: () => void): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  autocannon(options, (error, result) => (error ? reject(error) : resolve(result))).on(
    'response',
    onResponse,
  );
  return promise;
}
