import type { Overlay } from './_overlay.ts';

/** Those that somebody makes by hand, as k8s/README.md says, where an overlay generates none. */
const madeByHand: Readonly<Record<string, readonly string[]>> = {
  gateway: ['nats-url'],
  users: ['nats-url', 'mongodb-url', 'signing-key.pem', 'next-signing-key.pem'],
  messaging: ['nats-url', 'mongodb-url'],
  operator: ['nats-url', 'mongodb-url'],
};

/** The keys of a secret; undefined where there is no such secret. */
export function secretKeys(overlay: Overlay, name: string): readonly string[] | undefined {
  if (overlay.all('Secret').length === 0) return madeByHand[name];
  const secret = overlay.named('Secret', name);
  return secret && Object.keys(secret.data ?? {});
}
