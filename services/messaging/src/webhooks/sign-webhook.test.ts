import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createWebhookSecret, signWebhook } from './sign-webhook.ts';

describe('the signature of a webhook', () => {
  it('is the one of the test vector of Standard Webhooks', () => {
    const headers = signWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: new Date(1_614_265_330_987),
      body: '{"test": 2432232314}',
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is one that a receiver verifies with their library, by a secret of ours', () => {
    const secret = createWebhookSecret();
    const body = '{"type":"message.sent","data":{"content":"h\u00e9 \u{1F44B}"}}';
    const headers = signWebhook(secret, { id: 'msg_1', at: new Date(), body });
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    const another = { ...headers, 'webhook-id': 'msg_2' };
    expect(() => new Webhook(secret).verify(body, another)).toThrow('No matching signature');
    expect(() => new Webhook(createWebhookSecret()).verify(body, headers)).toThrow('No matching signature');
  });

  it('has a secret of 32 random bytes', () => {
    const secrets = [createWebhookSecret(), createWebhookSecret()];
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });
});
