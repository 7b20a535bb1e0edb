import { isIP } from 'node:net';
import { faulty } from '@natter/platform';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** `off`, `on`, or the networks (CIDR) that are allowed. */
export type AllowPrivate = 'off' | 'on' | readonly string[];

/** What `WEBHOOK_ALLOW_PRIVATE` says. */
export function parseAllowPrivate(text: string): AllowPrivate {
  if (text === 'off' || text === 'on') return text;
  return text.split(',').map((part) => networkOf(part.trim()));
}

/** An address is a network of one. */
function networkOf(text: string): string {
  const family = isIP(text);
  return family === 0 ? text : `${text}/${family === 4 ? 32 : 128}`;
}

function isAllowPrivate(text: string): boolean {
  const allowed = parseAllowPrivate(text);
  return typeof allowed === 'string' || allowed.every((network) => ipaddr.isValidCIDR(network));
}

export const webhookSettings = {
  WEBHOOK_ALLOW_PRIVATE: z
    .string()
    .superRefine((text, context) => {
      if (isAllowPrivate(text)) return;
      const message = 'Must be off, on, or networks, comma-separated: 10.0.0.7, 10.1.0.0/16';
      context.addIssue({ code: 'custom', message, params: faulty(text) });
    })
    .default('off')
    .describe(
      'Whether webhooks may reach loopback, private and other addresses that are not public: `off`, `on`, or which networks (CIDR), comma-separated',
    ),
};
