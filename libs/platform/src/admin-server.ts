import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health, HealthReport } from './health.ts';
import type { Metrics } from './metrics/metrics.ts';

/**
 * Serves the operator's machinery: `/livez` and `/readyz` answer 200 when well, 503 when not, the checks as JSON;
 * `/metrics` what Prometheus reads.
 */
export class AdminServer {
  readonly #server: Server;

  constructor(health: Health, metrics: Metrics) {
    this.#server = createServer((request, response) => {
      const path = URL.parse(request.url ?? '/', 'http://admin')?.pathname;
      if (path === '/livez') answer(response, health.live());
      else if (path === '/readyz') void health.ready().then((report) => answer(response, report));
      else if (path === '/metrics') void answerMetrics(response, metrics);
      else response.writeHead(404).end();
    });
  }

  /** @returns the port that it listens on. */
  async start(options: { host: string; port: number }): Promise<number> {
    this.#server.listen(options.port, options.host);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

function answer(response: ServerResponse, report: HealthReport): void {
  response.writeHead(report.ok ? 200 : 503, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(report));
}

async function answerMetrics(response: ServerResponse, metrics: Metrics): Promise<void> {
  const text = await metrics.metrics();
  response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text);
}
