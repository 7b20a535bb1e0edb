import type { RequestListener } from 'node:http';
import { NatterError } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import express, { type RequestHandler } from 'express';
import type { Authenticate } from './auth/authenticate.ts';
import { challengesFor } from './auth/challenges.ts';
import { createRouter } from './http/create-router.ts';
import type { Route } from './http/define-route.ts';
import { createDocsRouter } from './http/docs/docs-router.ts';
import type { HttpMetrics } from './http/http-metrics.ts';
import { messageClassesOf } from './http/message-classes.ts';
import { createAccessLog } from './http/middleware/access-log.ts';
import { createAnswerError } from './http/middleware/answer-error.ts';
import { exceptFor } from './http/middleware/except-for.ts';
import { limitAddress } from './http/middleware/limit-address.ts';
import { measureRequests } from './http/middleware/measure-requests.ts';
import { refuseMethod } from './http/middleware/refuse-method.ts';
import { rejectMalformedRequest } from './http/middleware/reject-malformed-request.ts';
import { assignRequestId } from './http/middleware/request-id.ts';
import { securityHeaders } from './http/middleware/security-headers.ts';
import { shareWithOrigins } from './http/middleware/share-with-origins.ts';
import { traceRequest } from './http/middleware/trace-request.ts';
import { originForm } from './http/origin-form.ts';
import { receive, type Step } from './http/receive.ts';
import type { RouteTable } from './http/route-table.ts';
import { serveRoute } from './http/serve-route.ts';
import type { RateLimits } from './limits/rate-limits.ts';

export interface AppOptions {
  logger: Logger;
  metrics: HttpMetrics;
  table: RouteTable;
  authenticate: Authenticate;
  /** Answers requests for a WebSocket. */
  webSocket: RequestHandler;
  /** Undefined where nothing is limited. */
  limits: RateLimits | undefined;
  /** Refuses what is too much. */
  shed: Step;
  /** Whether HTTP Basic is understood. */
  basic: boolean;
  /** The origins of web pages that may read what is answered. */
  allowedOrigins: ReadonlySet<string>;
  /** The addresses and networks whose word is taken for where a request comes from: `request.ip`. */
  trustedProxies: readonly string[];
}

export function createApp(options: AppOptions) {
  const { logger, metrics, table, authenticate, limits, shed, basic } = options;
  const serve = (route: Route) => serveRoute(route, { authenticate, limits });
  const api = createRouter(table.api, serve);
  api
    .route('/ws')
    .get(options.webSocket)
    .all(refuseMethod(['get']));

  const app = express();
  app.enable('case sensitive routing');
  app.disable('x-powered-by');
  app.disable('etag');
  app.disable('query parser');
  app.set('trust proxy', [...options.trustedProxies]);
  const steps = [
    measureRequests(metrics),
    assignRequestId,
    createAccessLog(logger),
    securityHeaders,
    forbidStoring,
    shareWithOrigins(options.allowedOrigins),
    exceptFor(table.root, shed),
    ...(limits ? [exceptFor(table.root, limitAddress(limits))] : []),
    rejectMalformedRequest,
  ];
  app.use(traceRequest, receive(steps));
  // Before the others, which almost nobody asks for, but whose every path would be tried.
  app.use('/api/v1', api);
  app.use('/api', api);
  app.use(createRouter(table.root, serve), createDocsRouter());
  app.use(() => {
    throw new NatterError('not_found');
  });
  app.use(createAnswerError((code) => challengesFor(code, { basic }), logger));
  const listener: RequestListener = (request, response) => {
    request.url = originForm(request.url ?? '');
    app(request, response);
  };
  return { listener, messageClasses: messageClassesOf(app) };
}

/** All that is answered is somebody's own, unless a route says otherwise. */
const forbidStoring: Step = (_request, response) => {
  response.setHeader('Cache-Control', 'no-store');
};
