import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Bus } from '@natter/bus';
import { NatterError, type SigningKey } from '@natter/contracts';
import { createLogger } from '@natter/platform';
import { SigningKeys } from './signing-keys.ts';

function createKey(kid: string): SigningKey {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x: String(jwk.x), y: String(jwk.y), kid, alg: 'ES256', use: 'sig' };
}

describe('signing keys', () => {
  const first = createKey('first');
  const second = createKey('second');
  const logger = createLogger({ name: 'test', level: 'silent' });
  const call = jest.fn<(...parameters: unknown[]) => Promise<unknown>>();
  let now: number;
  let keys: SigningKeys;

  beforeEach(() => {
    now = 0;
    call.mockReset().mockResolvedValue({ keys: [first] });
    keys = new SigningKeys({ call } as Pick<Bus, 'call'>, logger, () => now);
  });

  const unavailable = () => call.mockRejectedValue(new NatterError('service_unavailable'));

  it('are asked once for as long as they are known', async () => {
    expect(keys.known).toBe(false);
    await expect(keys.find('first')).resolves.toMatchObject({ type: 'public', asymmetricKeyType: 'ec' });
    expect(keys.known).toBe(true);
    now += 3_600_000;
    await keys.find('first');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('are asked once for many who wait', async () => {
    await Promise.all(Array.from({ length: 20 }, () => keys.find('first')));
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('are asked for an unknown id at once, whatever they were asked for just before', async () => {
    await keys.published();
    call.mockResolvedValue({ keys: [second, first] });
    await expect(keys.find('second')).resolves.toBeDefined();
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('are asked for unknown ids only once a second', async () => {
    await keys.published();
    await keys.find('second');
    call.mockClear().mockResolvedValue({ keys: [second, first] });
    now += 999;
    await expect(keys.find('second')).resolves.toBeUndefined();
    await keys.find('third');
    expect(call).not.toHaveBeenCalled();
    now += 1;
    await Promise.all(Array.from({ length: 20 }, () => keys.find('second')));
    await expect(keys.find('second')).resolves.toBeDefined();
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('are asked once for all who ask at the same time, for whatever reason', async () => {
    await keys.published();
    now += 10_000;
    call.mockClear();
    await Promise.all([keys.published(), keys.find('second'), keys.find('third'), keys.published()]);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('are asked for to be published only every ten seconds', async () => {
    await keys.published();
    now += 9_999;
    await keys.published();
    expect(call).toHaveBeenCalledTimes(1);
    now += 1;
    call.mockResolvedValue({ keys: [second] });
    await expect(keys.published()).resolves.toEqual([second]);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('stay known while the users service is away', async () => {
    await keys.find('first');
    now += 3_600_000;
    unavailable();
    await expect(keys.find('first')).resolves.toBeDefined();
    await expect(keys.find('second')).rejects.toMatchObject({ code: 'service_unavailable' });
    await expect(keys.find('first')).resolves.toBeDefined();
    await expect(keys.published()).resolves.toEqual([first]);
  });

  it('that were never told are unavailable, until they are', async () => {
    unavailable();
    await expect(keys.find('first')).rejects.toMatchObject({ code: 'service_unavailable' });
    await expect(keys.published()).rejects.toMatchObject({ code: 'service_unavailable' });
    call.mockResolvedValue({ keys: [first] });
    now += 1_000;
    await expect(keys.find('first')).resolves.toBeDefined();
  });

  it('are forgotten when they are no longer told', async () => {
    await keys.find('first');
    now += 10_000;
    call.mockResolvedValue({ keys: [second] });
    await keys.find('second');
    await expect(keys.find('first')).resolves.toBeUndefined();
  });

  it('are learnt as soon as the users service answers', async () => {
    call.mockRejectedValueOnce(new NatterError('service_unavailable'));
    keys = new SigningKeys({ call } as Pick<Bus, 'call'>, logger);
    await keys.learn(new AbortController().signal);
    expect(keys.known).toBe(true);
  });

  it('are no longer waited for when the process stops', async () => {
    unavailable();
    const stopping = new AbortController();
    const learnt = keys.learn(stopping.signal);
    stopping.abort();
    await learnt;
    expect(keys.known).toBe(false);
  });
});
