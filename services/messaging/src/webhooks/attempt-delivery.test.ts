import { describe, expect, it } from '@jest/globals';
import type { Entry as EntryDto } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import { webhook } from './_deliveries.ts';
import { ForbiddenAddressError } from './address-policy.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import type { WebhookAnswer, WebhookClient } from './webhook-client.ts';

const now = new Date('2026-11-25T07:00:00Z');

const shown = {
  conversationId: 'c1',
  rev: 7,
  type: 'message.deleted',
  at: '2026-11-25T06:59:59.000Z',
} as EntryDto;

/** Attempts once where the receiver does as it is told to. @returns how that ended. */
async function attempt(post: WebhookClient['post'], breakingOff = new AbortController()) {
  const deliver = attemptDelivery({
    client: { post },
    view: async () => shown,
    now: () => now,
    userAgent: 'natter/1',
  });
  return await deliver(webhook, { id: 'e1' } as Entry, breakingOff.signal);
}

const answering = (status: number, retryAfter?: string) => async (): Promise<WebhookAnswer> => ({
  status,
  retryAfter,
});

const failingWith = (error: unknown) => async (): Promise<never> => {
  throw error;
};

describe('an attempt to deliver an entry', () => {
  it('posts the entry as the API shows it, with its type and time, under an id of its own', async () => {
    const posted: Parameters<WebhookClient['post']>[] = [];
    await attempt(async (...request) => {
      posted.push(request);
      return { status: 200, retryAfter: undefined };
    });
    const [[url, { headers, body }]] = posted as [Parameters<WebhookClient['post']>];
    expect(url.href).toBe(webhook.url);
    expect(JSON.parse(body)).toEqual({ type: shown.type, timestamp: shown.at, data: shown });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'natter/1',
      'webhook-id': 'msg_w1_e1',
      'webhook-timestamp': '1795590000',
    });
  });

  it.each([200, 204, 299])('succeeds by %i', async (status) => {
    expect(await attempt(answering(status))).toEqual({ outcome: 'delivered' });
  });

  it.each([199, 301, 307, 400, 410, 503])('is refused by %i', async (status) => {
    expect(await attempt(answering(status))).toMatchObject({
      outcome: 'refused',
      reason: `answered ${status}`,
    });
  });

  it('says how long the receiver asks to wait', async () => {
    expect(await attempt(answering(429, '30'))).toMatchObject({ retryAfterMs: 30_000 });
  });

  it.each([
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new DOMException('late', 'TimeoutError'), 'no answer within 10 s'],
    [new Error('x'.repeat(999)), 'x'.repeat(200)],
  ])('finds nobody there: %#', async (error, reason) => {
    expect(await attempt(failingWith(error))).toEqual({ outcome: 'unreachable', reason });
  });

  it('is forbidden where the address is', async () => {
    const refusal = new ForbiddenAddressError('10.0.0.1 is no public address');
    expect(await attempt(failingWith(refusal))).toEqual({ outcome: 'forbidden', reason: refusal.message });
  });

  it('is broken off when the process stops, and that is nobody’s failure', async () => {
    const breakingOff = new AbortController();
    const post: WebhookClient['post'] = async (_url, _request, signal) => {
      breakingOff.abort();
      throw signal.reason;
    };
    expect(await attempt(post, breakingOff)).toEqual({ outcome: 'broken-off' });
  });
});
