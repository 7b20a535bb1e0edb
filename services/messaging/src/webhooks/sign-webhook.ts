import { createHmac, randomBytes } from 'node:crypto';

/** How Standard Webhooks writes a symmetric secret: this, and then base64. */
const prefix = 'whsec_';

/** 256 bits; Standard Webhooks asks for 192 to 512. */
const secretBytes = 32;

export function createWebhookSecret(): string {
  return `${prefix}${randomBytes(secretBytes).toString('base64')}`;
}

export interface SignedContent {
  id: string;
  /** Of the attempt. */
  at: Date;
  body: string;
}

/**
 * The headers by which a receiver knows who sent a body, and when.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signWebhook(secret: string, { id, at, body }: SignedContent): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': `${timestamp}`,
    'webhook-signature': `v1,${signature}`,
  };
}
