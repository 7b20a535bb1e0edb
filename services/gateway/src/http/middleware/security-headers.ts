import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { Step } from '../receive.ts';

/**
 * What browsers are told. The policy allows what the documentation page needs, and nothing from elsewhere. Nothing is
 * said about HTTPS: who ends TLS in front of the gateway knows whether his whole domain speaks it.
 */
const secure = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
});

/** They are the same for every answer, so that helmet need not be asked each time. */
const headers = headersOfAnyAnswer();

export const securityHeaders: Step = (_request, response) => {
  for (const [name, value] of headers) response.setHeader(name, value);
};

function headersOfAnyAnswer(): [string, string][] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  secure(request, response, () => undefined);
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
