import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Bus, Deadline, type ListenOptions } from '@natter/bus';
import { checkCredentials, type credentialsChanged, NatterError } from '@natter/contracts';
import { VerifiedCredentials } from './verified-credentials.ts';

const context = { requestId: 'r-1', deadline: Deadline.in(60_000), address: '192.0.2.1' };
const encode = (text: string) => Buffer.from(text).toString('base64');
const alice = { id: '1', username: 'alice', displayName: 'Alice', created: '2026-01-01T00:00:00.000Z' };

describe('verified credentials', () => {
  const call = jest.fn<(...parameters: unknown[]) => Promise<unknown>>();
  let listener: ListenOptions<typeof credentialsChanged>;
  let now: number;
  let credentials: VerifiedCredentials;

  const verify = (text: string) => credentials.verify(encode(text), context);

  const listen = async (_push: unknown, options: typeof listener) => {
    listener = options;
    return { stop: () => undefined };
  };

  beforeEach(async () => {
    now = 1;
    call.mockReset().mockResolvedValue(alice);
    const bus = { call, listen } as Pick<Bus, 'call' | 'listen'>;
    credentials = new VerifiedCredentials(bus, { now: () => now });
    await credentials.listen();
  });

  it('are asked of the users service once', async () => {
    await expect(verify('alice:secret')).resolves.toEqual({ id: '1', username: 'alice' });
    await verify('alice:secret');
    expect(call).toHaveBeenCalledTimes(1);
    expect(call).toHaveBeenCalledWith(checkCredentials, { username: 'alice', password: 'secret' }, context);
  });

  it('are asked again after a minute', async () => {
    await verify('alice:secret');
    now += 59_999;
    await verify('alice:secret');
    expect(call).toHaveBeenCalledTimes(1);
    now += 2;
    await verify('alice:secret');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('share one check while it goes on', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    call.mockReturnValue(promise);
    const answers = Promise.all(Array.from({ length: 20 }, () => verify('alice:secret')));
    resolve(alice);
    await expect(answers).resolves.toHaveLength(20);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('of others are their own', async () => {
    await verify('alice:secret');
    await verify('alice:secret2');
    await verify('alices:ecret');
    await verify('Alice:secret');
    expect(call).toHaveBeenCalledTimes(4);
  });

  it('are not remembered as wrong', async () => {
    call.mockRejectedValueOnce(new NatterError('invalid_credentials'));
    await expect(verify('alice:secret')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(verify('alice:secret')).resolves.toEqual({ id: '1', username: 'alice' });
  });

  it('that expired and are now wrong are refused', async () => {
    await verify('alice:secret');
    now += 60_001;
    call.mockRejectedValue(new NatterError('invalid_credentials'));
    await expect(verify('alice:secret')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(verify('alice:secret')).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('that can be nobody’s are refused without asking', async () => {
    await expect(credentials.verify('!', context)).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(call).not.toHaveBeenCalled();
  });

  it('are asked again as soon as they may be others, and those of no one else', async () => {
    await verify('alice:secret');
    listener.handle({ userId: '2' });
    await verify('alice:secret');
    expect(call).toHaveBeenCalledTimes(1);
    listener.handle({ userId: '1' });
    call.mockRejectedValue(new NatterError('invalid_credentials'));
    await expect(verify('alice:secret')).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('that were changed while they were checked are checked once more, and then not remembered', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    call.mockReturnValueOnce(promise);
    call.mockRejectedValue(new NatterError('invalid_credentials'));
    const answer = verify('alice:secret');
    listener.handle({ userId: '1' });
    resolve(alice);
    await expect(answer).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(verify('alice:secret')).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('are checked once where others were changed meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    call.mockReturnValueOnce(promise);
    const answer = verify('alice:secret');
    listener.handle({ userId: '2' });
    resolve(alice);
    await answer;
    await verify('alice:secret');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('are all asked again after a gap, in which a change may have been missed', async () => {
    await verify('alice:secret');
    listener.onGap();
    await verify('alice:secret');
    expect(call).toHaveBeenCalledTimes(2);
  });
});
