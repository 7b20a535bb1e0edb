import type { Logger } from '../logger.ts';

export interface TracingOptions {
  /** Base URL of a collector; traces go to `/v1/traces` below it, as OTLP over HTTP in JSON. */
  endpoint: string;
  /** Of the requests that come without a decision, the share that is traced. */
  ratio: number;
  name: string;
  version: string;
  logger: Logger;
}
