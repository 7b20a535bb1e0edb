import autocannon, { type Request } from 'autocannon';
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

/** @throws where an answer is not one of success. */
export async function load({ urls, connections, operations, request, pids }: Load): Promise<Slice> {
  const before = processorSeconds(pids);
  const started = performance.now();
  const results = await Promise.all(
    urls.map((url) =>
      autocannon({
        url,
        connections: connections / urls.length,
        amount: operations / urls.length,
        requests: [request],
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1_000;
  for (const { non2xx, errors, timeouts } of results) {
    if (non2xx + errors + timeouts > 0)
      throw new Error(`${non2xx} answers were none of success, ${errors} errors`);
  }
  return { operations, seconds, processorSeconds: processorSeconds(pids) - before };
}
