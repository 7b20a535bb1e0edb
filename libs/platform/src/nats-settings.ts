import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** Whether `parse` takes it. */
const fits = (parse: (text: string) => unknown) => (text: string) => {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
};

/** What a URL of NATS proves who asks with; a user without a password is a token. */
interface Credentials {
  user: string;
  password: string;
}

/** @throws where one of them is no URL of NATS. @returns the credentials in each, empty where there are none. */
export function credentialsIn(urls: string): Credentials[] {
  return urls.split(',').map((text) => {
    const trimmed = text.trim();
    const url = new URL(trimmed.includes('://') ? trimmed : `nats://${trimmed}`);
    if (!['nats:', 'tls:'].includes(url.protocol) || url.host === '') throw new TypeError('no URL of NATS');
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  });
}

const certificates = z
  .string()
  .refine(
    fits((text) => new X509Certificate(text)),
    'Must be certificates in PEM',
  )
  .optional();

/** What it takes to connect to NATS. */
export const natsSettings = {
  NATS_URL: z
    .string()
    .refine(fits(credentialsIn), 'Must be nats://… or tls://…, several with commas between')
    .default('nats://127.0.0.1:4222')
    .describe('NATS servers, comma-separated; `tls://` demands TLS'),
  NATS_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'Must be 1 to 40 letters, digits, "_" or "-"')
    .default('natter')
    .describe('First token of every subject, and of every stream; keeps installations on one NATS apart'),
  NATS_TLS_CA: certificates.describe(
    "PEM certificates that vouch for NATS's own, where it is not signed by a public authority; demands TLS",
  ),
  NATS_TLS_CERT: certificates.describe('PEM certificate to show to NATS, where it asks for one'),
  NATS_TLS_KEY: z
    .string()
    .refine(fits(createPrivateKey), 'Must be a private key in PEM, not encrypted')
    .optional()
    .describe('PEM private key of NATS_TLS_CERT'),
};

export type NatsSettings = z.output<z.ZodObject<typeof natsSettings>>;

/** The settings in the words of whoever connects. */
export function natsOptions(config: NatsSettings) {
  const { NATS_TLS_CA: ca, NATS_TLS_CERT: cert, NATS_TLS_KEY: key } = config;
  const tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  const demanded = Object.keys(tls).length > 0;
  return { url: config.NATS_URL, prefix: config.NATS_PREFIX, ...(demanded && { tls }) };
}
