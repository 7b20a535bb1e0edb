import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What browsers are told. The policy allows what the documentation page needs, and nothing from elsewhere. Nothing is
 * said about HTTPS: who ends TLS in front of the gateway knows whether his whole domain speaks it.
 */
export const securityHeaders: RequestHandler = helmet({
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
